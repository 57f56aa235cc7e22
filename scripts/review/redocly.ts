import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { isObject, refPath, valueAt } from "../json.ts";
import { type JsonObject, root, specPath } from "../spec.ts";
import { BadInput } from "../tool.ts";
import type { Bump } from "./change.ts";

/** What the linter says, at a place. */
export type Problem = {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
};
/** One change as Redocly's comparison rates it. Only what one of its rules says counts: its ratings without a rule go by added and removed. */
export type RatedChange = { readonly pointer: string; readonly bump: Bump; readonly message: string };

// Its telemetry and its look for newer versions stay off: nothing leaves the machine.
const quiet = { REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
const program = `${root}node_modules/@redocly/cli/bin/cli.js`;
/** Longer than it ever takes on a slow machine. */
const timeLimitMs = 60_000;

/** Lints a file by the project's rules. */
export async function lint(file: string, document: JsonObject): Promise<Problem[]> {
  const output = await redocly(["lint", "--config", "openapi/redocly.yaml", "--format", "json", "--max-problems", "1000", file]);
  const { problems = [] } = readJson(output) as { problems?: RawProblem[] };
  return problems.map(({ ruleId, severity, message, location: [place] = [] }) => ({
    rule: ruleId,
    severity,
    message: `${message.replaceAll(/\s+/g, " ").trim()}${ruleId === "no-unresolved-refs" ? ` ${target(document, place?.pointer)}.` : ""}`,
    line: place?.start?.line ?? 1,
    column: place?.start?.col ?? 1,
  }));
}

type RawProblem = {
  ruleId: string;
  severity: string;
  message: string;
  location?: { pointer?: string; start?: { line: number; col: number } }[];
};

/** Which `$ref` it is: the linter gives only its place. */
function target(document: JsonObject, pointer = "#"): string {
  const node = valueAt(document, refPath(pointer));
  return JSON.stringify(isObject(node) ? node.$ref : node);
}

/** Compares two texts of the spec, through files in a folder. */
export async function rate(baseText: string, revisionText: string, folder: string): Promise<RatedChange[]> {
  const [baseFile, revisionFile] = [join(folder, "base.yaml"), join(folder, "revision.yaml")];
  writeFileSync(baseFile, baseText);
  writeFileSync(revisionFile, revisionText);
  const output = await redocly(["diff", baseFile, revisionFile, "--format", "json", "--fail-on", "none", "--lint-config", "off"]);
  const { changes = [] } = readJson(output) as { changes?: RawChange[] };
  return changes.flatMap(({ verdicts = [], base, revision }) =>
    verdicts.map(({ impact: bump, message }) => ({ pointer: revision?.pointer ?? base?.pointer ?? "#", bump, message })),
  );
}

type RawChange = {
  verdicts?: { impact: Bump; message: string }[];
  base?: { pointer: string };
  revision?: { pointer: string };
};

function redocly(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { cwd: root, env: { ...process.env, ...quiet }, timeout: timeLimitMs });
    let output = "";
    let errors = "";
    child.stdout.setEncoding("utf8").on("data", (chunk) => (output += chunk));
    child.stderr.setEncoding("utf8").on("data", (chunk) => (errors += chunk));
    child.on("error", reject);
    child.on("close", () => {
      if (output.trimStart().startsWith("{")) resolve(output);
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

function readJson(output: string): unknown {
  return JSON.parse(output);
}
