import { execFile } from "node:child_process";
import { BadInput } from "../tool/bad-input.ts";

/** What the pages show of the code's own tables. */
export type CodeFacts = {
  /** Legal moves: phase → event → phases. */
  readonly moves: { readonly [phase: string]: { readonly [event: string]: readonly string[] } };
  /** The phases in which persisting is permitted. */
  readonly permitting: readonly string[];
  readonly commsCodes: { readonly [code: string]: { readonly meaning: string; readonly fix: string } };
};

// Run, not imported: nothing in scripts/ leads to src/, so the docs are those of the tree they are made in, and a fault in it is one message.
const program = `
import { commsCodes } from "./src/model/comms-codes.ts";
import { moves, permitsPersisting } from "./src/lifecycle/state.ts";
const permitting = Object.keys(moves).filter((phase) => permitsPersisting({ phase }));
process.stdout.write(JSON.stringify({ moves, permitting, commsCodes }));
`;
const timeLimitMs = 30_000;

/** The tables of src/ by running it: some of their texts are put together there. */
export function readCode(root: string): Promise<CodeFacts> {
  return new Promise((resolve, reject) => {
    const options = { cwd: root, timeout: timeLimitMs };
    execFile(process.execPath, ["--input-type=module", "--eval", program], options, (error, stdout, stderr) => {
      if (error === null) return resolve(JSON.parse(stdout) as CodeFacts);
      const reason = /^\w*Error.*$/m.exec(stderr)?.[0] ?? error.message;
      reject(new BadInput(`src/model/comms-codes.ts and src/lifecycle/state.ts cannot be run: ${reason.replaceAll(`file://${root}`, "")}`));
    });
  });
}
