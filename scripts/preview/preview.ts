import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import { BadInput } from "../tool/bad-input.ts";
import type { Tool } from "../tool/run-tool.ts";
import { ensureSite } from "./ensure-site.ts";

function readPort(args: readonly string[]): number {
  const { port = "0" } = parseArgs({ args: [...args], options: { port: { type: "string" } } }).values;
  if (/^\d{1,5}$/.test(port) && Number(port) <= 65_535) return Number(port);
  throw new BadInput(`--port ${JSON.stringify(port)} is no port: give a number from 1 to 65535, or leave it out for a free one.`);
}

/** Takes the port first: that it is in use shows before the site is built. */
function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", ({ code, message }: NodeJS.ErrnoException) => {
      const why =
        code === "EADDRINUSE" ? "is in use" : code === "EACCES" ? "may not be used by this account" : `cannot be used (${message})`;
      reject(new BadInput(`Port ${port} of 127.0.0.1 ${why}: give another --port, or leave it out for a free one.`));
    });
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}

/** `npm run preview`: serves the site until it is told to stop. */
export const preview: Tool = async ({ args, root, out }) => {
  const server = createServer();
  try {
    const port = await listen(server, readPort(args));
    await ensureSite(root, out);
    const [{ startMock }, { serve }] = await Promise.all([import("./start-mock.ts"), import("./serve.ts")]);
    const mock = await startMock(root);
    try {
      const stopped = stopSignal();
      serve(server, root, mock.url);
      out(`The site is on http://127.0.0.1:${port}/ (Ctrl+C ends it).
Its requests go to a mock made from openapi/recording-status.yaml, on this machine; nothing is sent anywhere else.`);
      await stopped;
    } finally {
      await mock.close();
    }
  } finally {
    server.close();
    server.closeAllConnections();
  }
  return 0;
};
