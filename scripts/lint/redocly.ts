import { Worker } from "node:worker_threads";
import { specPath } from "../spec/document.ts";
import { BadInput } from "../tool/bad-input.ts";

// Its telemetry and its look for newer versions stay off: nothing leaves the machine.
const quiet = { REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
/** Longer than it ever takes on a slow machine. */
const timeLimitMs = 60_000;

type Said = { readonly output: string; readonly errors: string };

let thread: Worker | undefined;
/** One run at a time: the thread has one `argv`, and one stdout. */
let last: Promise<unknown> = Promise.resolve();

/** A text that our parser reads and Redocly's does not: YAML that not every tool takes. */
export class Unparsed extends BadInput {
  readonly line: number;
  readonly column: number;

  constructor(line: number, column: number) {
    super(`${specPath}:${line}:${column} is YAML that not every tool reads: write it as its neighbours are written, without a tab.`);
    this.line = line;
    this.column = column;
  }
}

/** Runs Redocly and resolves with the JSON that it prints. Paths are absolute. What it cannot read is bad input. */
export async function redocly(args: readonly string[]): Promise<unknown> {
  const turn = last.then(() => run(args));
  last = turn.catch(() => {});
  const { output, errors } = await turn;
  if (output.trimStart().startsWith("{")) return JSON.parse(output);
  const [, line, column] = /Failed to parse [\s\S]*\((\d+):(\d+)\)/.exec(errors) ?? [];
  if (line !== undefined) throw new Unparsed(Number(line), Number(column));
  throw new BadInput(`${specPath} cannot be judged: redocly ${args[0]} says: ${firstMessage(errors)}`);
}

function run(args: readonly string[]): Promise<Said> {
  thread ??= new Worker(new URL("./redocly-thread.ts", import.meta.url), { env: { ...process.env, ...quiet } });
  const worker = thread;
  worker.ref();
  return new Promise<Said>((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      worker.off("message", succeed).off("error", fail).off("exit", exit);
      // A program that is done ends, whether or not the thread waits for more.
      worker.unref();
    };
    const succeed = (said: Said) => {
      end();
      resolve(said);
    };
    const fail = (error: Error) => {
      end();
      thread = undefined;
      void worker.terminate();
      reject(error);
    };
    const exit = (code: number) => fail(new Error(`redocly ${args.join(" ")} ended its thread with ${code}.`));
    const timer = setTimeout(() => fail(new Error(`redocly ${args.join(" ")} did not end.`)), timeLimitMs);
    worker.on("message", succeed).on("error", fail).on("exit", exit);
    worker.postMessage(args);
  });
}

/** Without the lines of a stack. */
function firstMessage(errors: string): string {
  const lines = errors.split("\n").map((line) => line.trim().replace(/^- /, ""));
  const line = lines.find((one) => one !== "" && !/^(at |validating |Something went wrong)/.test(one)) ?? "no message";
  return /properties of (null|undefined)/.test(line) ? "something has no content where it needs some" : line;
}
