import { SpecError } from "./spec.ts";

/** What the person at the keyboard can mend: one clear line on stderr, exit code 2, nothing written. */
export class BadInput extends Error {
  override readonly name = "BadInput";
}

/** Runs a command line tool: `main` resolves with the exit code; bad input and unknown arguments end in one line and exit code 2. */
export async function runTool(main: () => Promise<number> | number): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    // A fault of ours is printed whole, and is no verdict either: 1 would be one.
    console.error(isBadInput(error) ? error.message : error);
    process.exitCode = 2;
  }
}

export function isBadInput(error: unknown): error is Error {
  if (error instanceof BadInput || error instanceof SpecError) return true;
  if (!(error instanceof Error) || !("code" in error)) return false;
  // A file or folder that cannot be read or written: the system's message says which.
  return String(error.code).startsWith("ERR_PARSE_ARGS") || ("syscall" in error && "path" in error);
}
