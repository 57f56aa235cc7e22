import { spawn } from "node:child_process";
import { specPath } from "../spec/document.ts";
import { BadInput } from "../tool/bad-input.ts";
import { root } from "../tool/root.ts";

// Its telemetry and its look for newer versions stay off: nothing leaves the machine.
const quiet = { REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
const program = `${root}node_modules/@redocly/cli/bin/cli.js`;
/** Longer than it ever takes on a slow machine. */
const timeLimitMs = 60_000;

/** Runs Redocly and resolves with the JSON that it prints. What it cannot read is bad input. */
export function redocly(args: readonly string[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { cwd: root, env: { ...process.env, ...quiet }, timeout: timeLimitMs });
    let output = "";
    let errors = "";
    child.stdout.setEncoding("utf8").on("data", (chunk) => (output += chunk));
    child.stderr.setEncoding("utf8").on("data", (chunk) => (errors += chunk));
    child.on("error", reject);
    child.on("close", () => {
      if (output.trimStart().startsWith("{")) resolve(JSON.parse(output));
      else reject(new BadInput(`${specPath} cannot be judged: redocly ${args[0]} says: ${firstMessage(errors)}`));
    });
  });
}

/** Without the lines of a stack. */
function firstMessage(errors: string): string {
  const lines = errors.split("\n").map((line) => line.trim().replace(/^- /, ""));
  const line = lines.find((one) => one !== "" && !/^(at |validating |Something went wrong)/.test(one)) ?? "no message";
  return /properties of (null|undefined)/.test(line) ? "something has no content where it needs some" : line;
}
