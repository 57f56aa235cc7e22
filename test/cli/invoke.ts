// Calls the command in the test's own process: what it takes from the world is in the test's hands.
import { createServer } from "node:net";
import { onTestFinished } from "vitest";
import { Interrupted, type Invocation } from "../../src/cli/invocation.ts";
import { runCli } from "../../src/cli/run.ts";

export const callId = "57dab8b1-894c-409a-b240-bd8beae78896";

export type Given = Partial<Omit<Invocation, "args" | "ask">> & {
  /** What the person at the terminal answers; without it nobody sits at one. */
  readonly answer?: string;
  /** What the person does when asked. */
  readonly whenAsked?: (interrupt: () => void) => void;
};

/** A run that goes on: what it has said so far, and its end. */
export type Run = {
  readonly out: string[];
  readonly err: string[];
  /** What was asked. */
  readonly questions: string[];
  readonly code: Promise<number>;
  /** Ctrl-C. */
  interrupt(): void;
};

export function begin(args: string, { answer, whenAsked, signal, ...given }: Given = {}): Run {
  const [out, err, questions]: [string[], string[], string[]] = [[], [], []];
  const ending = new AbortController();
  const interrupt = () => ending.abort(new Interrupted("SIGINT"));
  const ask = async (question: string) => {
    questions.push(question);
    whenAsked?.(interrupt);
    return answer;
  };
  const code = runCli({
    args: args.split(" ").filter((part) => part !== ""),
    env: {},
    version: "1.2.3",
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    ask: answer === undefined ? undefined : ask,
    fetch: (url, init) => fetch(url, init),
    credential: async () => {
      throw new Error("this test has no default credential");
    },
    now: Date.now,
    signal: signal ?? ending.signal,
    ...given,
  });
  return { out, err, questions, code, interrupt };
}

/** Runs a command to its end. */
export async function invoke(args: string, given: Given = {}) {
  const run = begin(args, given);
  return { ...run, code: await run.code, json: () => JSON.parse(run.out[0] ?? "") };
}

/** Starts a server, waits until it listens, and ends it with the test. */
export async function start(args: string, given: Given = {}) {
  const run = begin(`${args} --port 0`, given);
  onTestFinished(async () => {
    run.interrupt();
    await run.code;
  });
  const early = run.code.then((code) => {
    throw new Error(`It ended with ${code}: ${run.err}`);
  });
  early.catch(() => {});
  while (run.out.length === 0) await Promise.race([early, new Promise((resolve) => setImmediate(resolve))]);
  return { ...run, url: /http:\/\/127\.0\.0\.1:\d+/.exec(run.out[0] ?? "")?.[0] ?? "" };
}

/** Whether nobody listens on the port of a URL any more. */
export function isFree(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(Number(new URL(url).port), "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
