export { startTcpProxy, type TcpProxy, type Upstream } from "./tcpProxy.ts";
