import { type JsonObject, specPath } from "../spec/document.ts";
import { isObject, refPath, valueAt } from "../spec/json.ts";
import type { Problem } from "../spec/problem.ts";
import { redocly } from "./redocly.ts";

/** Lints the spec of a repository by its own rules. */
export async function lint(root: string, document: JsonObject): Promise<Problem[]> {
  const output = await redocly([
    "lint",
    "--config",
    `${root}openapi/redocly.yaml`,
    "--format",
    "json",
    "--max-problems",
    "1000",
    root + specPath,
  ]);
  const { problems = [] } = output as { problems?: RawProblem[] };
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
