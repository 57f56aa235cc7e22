// The command `teams-recording-status`: takes from the process what the commands need, and hands it to them.
import { createRequire } from "node:module";
import { createInterface } from "node:readline/promises";
import { azureCredential, requireIdentity } from "../azure/azure-credential.ts";
import { CredentialError } from "../model/errors.ts";
import type { Cloud } from "../wire.ts";
import { tokenVariable } from "./credential.ts";
import { Interrupted } from "./invocation.ts";
import { runCli } from "./run.ts";

const { version } = createRequire(import.meta.url)("teams-recording-status/package.json") as { version: string };
const ending = new AbortController();
// Once: whoever presses Ctrl-C again ends the process itself.
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => ending.abort(new Interrupted(name)));
// `… | head` reads no more than it wants. What was begun goes on all the same, and its exit code says how it ended.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", ({ code, message }: NodeJS.ErrnoException) => {
    if (code !== "EPIPE" && stream === process.stdout) process.stderr.write(`What was found out cannot be written: ${message}.\n`);
  });

// Node 22 and 24 warn of node:sqlite: nothing that the person at the keyboard could mend.
process.removeAllListeners("warning").on("warning", ({ name, message }) => {
  if (name !== "ExperimentalWarning") process.stderr.write(`${name}: ${message}\n`);
});

process.exitCode = await runCli({
  args: process.argv.slice(2),
  env: process.env,
  version,
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  ask: process.stdin.isTTY ? ask : undefined,
  fetch: (url, init) => fetch(url, init),
  credential: defaultCredential,
  now: Date.now,
  signal: ending.signal,
});

async function ask(question: string): Promise<string | undefined> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  // A terminal in raw mode tells readline of Ctrl-C, and nobody else.
  lines.once("SIGINT", () => ending.abort(new Interrupted("SIGINT")));
  try {
    return await lines.question(question, { signal: ending.signal });
  } catch {
    // Ctrl-C, or Ctrl-D: there is no answer.
    return undefined;
  } finally {
    lines.close();
  }
}

async function defaultCredential(cloud: Cloud) {
  await requireIdentity().catch((cause) => {
    throw new CredentialError("The default credential needs the package @azure/identity, which is not installed here.", {
      cause,
      hint: `Run: npm install @azure/identity, or give a token in ${tokenVariable}. With npx: npx -p @azure/identity -p teams-recording-status teams-recording-status …`,
    });
  });
  return azureCredential({ cloud });
}
