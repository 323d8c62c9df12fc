import { createServer } from "node:net";
import { freePort } from "@smoothsweep/runtime";

/** Where the API listens unless told. */
export const DEFAULT_PORT = 4600;

/** The port asked for; else 4600, or any free one when that is taken. */
export async function choosePort(asked: number | undefined): Promise<number> {
  if (asked !== undefined) return asked;
  return (await isFree(DEFAULT_PORT)) ? DEFAULT_PORT : freePort();
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}
