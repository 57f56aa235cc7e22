import { isBadInput } from "./bad-input.ts";

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
