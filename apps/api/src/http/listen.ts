import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { AppError } from "@smoothsweep/contracts";
import type { Express } from "express";

export interface Listening {
  /** The port really listened on, also when 0 was asked for. */
  port: number;
  /** Takes no new connections and ends idle ones; requests in progress are finished. */
  close(): void;
}

/** Serves the application. @throws AppError `invalid_config` when the address cannot be listened on */
export function listen(app: Express, { host, port }: { host: string; port: number }): Promise<Listening> {
  const server = createServer(app);
  return new Promise((resolve, reject) => {
    server.once("error", (cause) => {
      const message = `cannot listen on ${host}:${port}: ${cause.message}`;
      reject(new AppError("invalid_config", message, { cause, fix: "Choose another port with SMOOTHSWEEP_PORT." }));
    });
    server.listen(port, host, () => {
      const close = () => {
        server.close();
        server.closeIdleConnections();
      };
      resolve({ port: (server.address() as AddressInfo).port, close });
    });
  });
}
