import type { Server } from "node:http";
import { refusedPort } from "./serve.ts";

/** A server that listens on loopback. */
export type Listening = {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Breaks its connections and frees the port, at once. */
  close(): Promise<void>;
};

/** @throws {UsageError} The port cannot be had. */
export async function listen(server: Server, port: number): Promise<Listening> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(refusedPort(error, port)));
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
