import { spawn } from "node:child_process";
import { once } from "node:events";
import { timeLimitMs } from "./tree.ts";

export type Preview = {
  /** `http://127.0.0.1:40123/` */
  readonly url: string;
  /** What it said until now. */
  output(): string;
  /** Sends a signal; resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
};

/** Starts `npm run preview` in a tree, without a terminal, and waits for its address. */
export async function startPreview(folder: string, env: Record<string, string> = {}): Promise<Preview> {
  const child = spawn(process.execPath, ["scripts/preview/main.ts"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 10 * timeLimitMs,
    env: { ...process.env, ...env },
  });
  const ended = once(child, "exit") as Promise<[number | null]>;
  let output = "";
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: string) => {
      output += chunk;
      const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(output)?.[0];
      if (found !== undefined) resolve(found);
    };
    child.stdout.setEncoding("utf8").on("data", read);
    child.stderr.setEncoding("utf8").on("data", (chunk) => (output += chunk));
    ended.then(([code]) => reject(new Error(`npm run preview ended with ${code}: ${output}`)));
  });
  return {
    url,
    output: () => output,
    stop: async (signal = "SIGTERM") => {
      child.kill(signal);
      const [code] = await ended;
      return code;
    },
  };
}
