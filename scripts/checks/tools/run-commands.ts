import { spawn } from "node:child_process";

/** A tool that reads the document: its commands run one after the other until one fails. */
export type ToolRun = {
  readonly name: string;
  /** What it means that none fails. */
  readonly verdict: string;
  /** For programs of Node: the file, then its arguments. */
  readonly commands: readonly (readonly string[])[];
};

/** More of what a tool says helps nobody. */
const mostLines = 30;
/** Longer than any of them takes on a slow machine. */
const timeLimitMs = 120_000;

/** Runs tools in a folder; resolves with whether all accept the document. Each has one line, and what it says where it fails. */
export async function runTools(tools: readonly ToolRun[], folder: string, out: (text: string) => void): Promise<boolean> {
  let accepted = true;
  for (const { name, verdict, commands } of tools) {
    const failure = await firstFailure(commands, folder);
    if (failure === undefined) {
      out(`ok: ${name}: ${verdict}`);
      continue;
    }
    accepted = false;
    const lines = failure.split("\n").filter((line) => line.trim() !== "");
    const more = lines.length > mostLines ? [`… and ${lines.length - mostLines} lines more`] : [];
    out([`FAILED: ${name} says:`, ...[...lines.slice(0, mostLines), ...more].map((line) => `  ${line}`)].join("\n"));
  }
  return accepted;
}

async function firstFailure(commands: ToolRun["commands"], folder: string): Promise<string | undefined> {
  for (const command of commands) {
    const failure = await run(command, folder);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/** What a command says, if it fails. */
function run(command: readonly string[], cwd: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined };
    const child = spawn(process.execPath, command, { cwd, env, stdio: ["ignore", "pipe", "pipe"], timeout: timeLimitMs });
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => said.push(chunk));
    child.on("error", reject);
    child.on("close", (code, signal) => {
      const text = Buffer.concat(said).toString("utf8").trim();
      const why = signal === null ? `it ended with ${code}` : `it was ended by ${signal}, after at most ${timeLimitMs / 1000} s`;
      resolve(code === 0 ? undefined : text || why);
    });
  });
}
