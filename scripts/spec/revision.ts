import { statSync } from "node:fs";
import type { Document, LineCounter } from "yaml";
import { BadInput } from "../tool/bad-input.ts";
import { readSpecText, specPath } from "./document.ts";
import { parseYaml } from "./parse-yaml.ts";
import type { Problem } from "./problem.ts";
import { unsupportedYaml } from "./unsupported-yaml.ts";
import { aliasProblem, yamlProblem } from "./yaml-problem.ts";

/** A spec that holds nothing to judge. */
export class UnreadableSpec extends BadInput {
  readonly problem: Problem;

  constructor(name: string, rule: string, message: string, line = 1, column = 1) {
    super(`${name}:${line}:${column} ${message}`);
    this.problem = { rule, severity: "error", message, line, column };
  }
}

/** The spec's text, if there is anything in it to judge: else one line that says what is wrong, and where. */
export function readRevision(text: string, name = specPath): string {
  if (text.trim() === "") throw new UnreadableSpec(name, "yaml", "is empty.");
  const { document, lineCounter } = parseYaml(text);
  const [problem] = document.errors;
  if (problem !== undefined) {
    const [{ line, col }] = problem.linePos ?? [{ line: 1, col: 1 }];
    throw new UnreadableSpec(name, "yaml", `is not valid YAML: ${yamlProblem(text, problem)}.`, line, col);
  }
  const refusal = unsupportedYaml(text, document);
  if (refusal !== undefined) {
    const { line, col } = lineCounter.linePos(refusal.offset);
    throw new UnreadableSpec(name, "yaml", refusal.message, line, col);
  }
  const spec = toPlain(document, name, lineCounter);
  const version = typeof spec === "object" && spec !== null && "openapi" in spec ? spec.openapi : undefined;
  if (typeof version !== "string" || !/^3\.[01]\./.test(version))
    throw new UnreadableSpec(
      name,
      "openapi",
      `is no OpenAPI document: it must say \`openapi: 3.1.0\` at its top, not ${JSON.stringify(version) ?? "nothing"}.`,
    );
  return text;
}

/** An alias that leads nowhere, or to too much, shows only here. */
function toPlain(document: Document, name: string, lineCounter: LineCounter): unknown {
  try {
    return document.toJS({ maxAliasCount: 1000 });
  } catch {
    const { offset, message } = aliasProblem(document);
    const { line, col } = lineCounter.linePos(offset);
    throw new UnreadableSpec(name, "yaml", `is not valid YAML: ${message}.`, line, col);
  }
}

/** The spec as it stands in a working tree, committed or not. */
export function readWorkingTree(root: string): string {
  if (statSync(root + specPath, { throwIfNoEntry: false })?.isFile() !== true) throw new BadInput(`There is no ${specPath}.`);
  return readSpecText(root + specPath);
}
