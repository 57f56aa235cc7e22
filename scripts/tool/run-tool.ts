import { isBadInput } from "./bad-input.ts";
import { root } from "./root.ts";

/** How a tool is called: by its program with what a person typed, by a test in the test's own process. */
export type Invocation = {
  readonly args: readonly string[];
  /** The repository that it works on, with a trailing slash. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What it finds, for stdout; a line break follows. */
  readonly out: (text: string) => void;
  /** What is wrong and how far it is, for stderr. */
  readonly err: (text: string) => void;
};

/** A command line tool; it resolves with the exit code. */
export type Tool = (invocation: Invocation) => Promise<number> | number;

/** Calls a tool; bad input and unknown arguments end in one line and exit code 2. */
export async function callTool(tool: Tool, invocation: Invocation): Promise<number> {
  try {
    return await tool(invocation);
  } catch (error) {
    if (isBadInput(error)) invocation.err(error.message);
    // A fault of ours is printed whole, and is no verdict either: 1 would be one.
    else invocation.err(error instanceof Error ? (error.stack ?? error.message) : `${error}`);
    return 2;
  }
}

/** Runs a tool as this program, in this repository. */
export async function runTool(tool: Tool): Promise<void> {
  process.exitCode = await callTool(tool, { args: process.argv.slice(2), root, env: process.env, out: console.log, err: console.error });
}
