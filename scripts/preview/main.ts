// `npm run preview [-- --port 4011]`: serves the site on 127.0.0.1, with a mock of Graph behind it to try requests out on.
import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import { inputsChecksum } from "../docs/inputs.ts";
import { replaceSite, sitePath, stampName } from "../docs/swap.ts";
import { BadInput } from "../tool/bad-input.ts";
import { root } from "../tool/root.ts";
import { runTool } from "../tool/run-tool.ts";

function readPort(): number {
  const { port = "0" } = parseArgs({ options: { port: { type: "string" } } }).values;
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

async function build(): Promise<void> {
  const stamp = `${root}${sitePath}${stampName}`;
  const found = existsSync(stamp) ? readFileSync(stamp, "utf8").trim() : undefined;
  if (found === inputsChecksum()) return;
  console.log(
    found === undefined ? `There is no ${sitePath} yet: building it.` : `${sitePath} is older than the spec or the code: building it anew.`,
  );
  const { buildSite } = await import("../docs/build-site.ts");
  await replaceSite(buildSite);
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}

async function main(): Promise<number> {
  const server = createServer();
  try {
    const port = await listen(server, readPort());
    await build();
    const [{ startMock }, { serve }] = await Promise.all([import("./start-mock.ts"), import("./serve.ts")]);
    const mock = await startMock();
    try {
      const stopped = stopSignal();
      serve(server, mock.url);
      console.log(`The site is on http://127.0.0.1:${port}/ (Ctrl+C ends it).
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
}

await runTool(main);
