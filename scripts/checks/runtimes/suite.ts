import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/** What one test said; empty when it passed. */
export type Result = { readonly name: string; readonly said: string };

/** The folder into which the tarball and the suite were laid, and the server that the suite talks to. */
export type Suite = { readonly folder: string; readonly url: string };

const timeLimitMs = 60_000;

/** Starts the server of the suite; it ends with its standard input. */
export async function startServer(folder: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const child = spawn(process.execPath, ["server.js"], { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
  const { url } = JSON.parse(await firstLine(child)) as { url: string };
  return {
    url,
    async close() {
      const ended = once(child, "close");
      child.stdin.end();
      await ended;
    },
  };
}

function firstLine({ stdout }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let seen = "";
    stdout?.on("data", (chunk: Buffer) => {
      seen += chunk.toString("utf8");
      if (seen.includes("\n")) resolve(seen.slice(0, seen.indexOf("\n")));
    });
    stdout?.on("end", () => reject(new Error("The server of the suite ended before it said where it is.")));
  });
}

/** Runs the suite in a runtime with a command line. */
export async function runProgram({ folder, url }: Suite, program: string, args: readonly string[]): Promise<Result[]> {
  const child = spawn(program, [...args, "run.js", url], { cwd: folder, stdio: ["ignore", "pipe", "pipe"], timeout: timeLimitMs });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const line = stdout.trim().split("\n").at(-1) ?? "";
  if (!line.startsWith("[")) return [{ name: "the suite", said: `it did not end: ${stderr || stdout || "nothing was said"}` }];
  return JSON.parse(line) as Result[];
}
