import { type JsonObject, readDocument, specPath } from "../spec/document.ts";
import { isObject, refPath, valueAt } from "../spec/json.ts";
import { createPlaceFinder } from "../spec/places.ts";
import type { Problem } from "../spec/problem.ts";
import { judgeByOfficialSchema } from "./official-schema.ts";
import { redocly, Unparsed } from "./redocly.ts";

/** Lints a text of the spec, which stands in a file, by the rules of a repository: Redocly's, the project's own, and OpenAPI's official schema. */
export async function lint(root: string, text: string, file: string = root + specPath): Promise<Problem[]> {
  const document = readDocument(text);
  const ofRedocly = lintByRedocly(root, document, file).catch(unparsed);
  const ofSchema = lintByOfficialSchema(document, text);
  const found = await ofRedocly;
  // What both say is said once, in the words of the rule, for which there is a hint.
  const told = new Set(found.filter(({ severity }) => severity === "error").map(({ line }) => line));
  const all = [...found, ...(await ofSchema).filter(({ line }) => !told.has(line))];
  // A schema that is none is told once for each example that it judges.
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

/** A problem of the document like any other: a place, and words. */
function unparsed(error: unknown): Problem[] {
  if (!(error instanceof Unparsed)) throw error;
  const { line, column, message } = error;
  return [{ rule: "yaml", severity: "error", message: message.replace(/^\S+ is/, "this is"), line, column }];
}

async function lintByRedocly(root: string, document: JsonObject, file: string): Promise<Problem[]> {
  const config = `${root}openapi/redocly.yaml`;
  const output = await redocly(["lint", "--config", config, "--format", "json", "--max-problems", "1000", file]);
  const { problems = [] } = output as { problems?: RawProblem[] };
  return problems.map(({ ruleId, severity, message, location: [place] = [] }) => ({
    rule: ruleId,
    severity,
    message: `${message.replaceAll(/\s+/g, " ").trim()}${ruleId === "no-unresolved-refs" ? ` ${target(document, place?.pointer)}.` : ""}`,
    line: place?.start?.line ?? 1,
    column: place?.start?.col ?? 1,
  }));
}

async function lintByOfficialSchema(document: JsonObject, text: string): Promise<Problem[]> {
  const placeOf = createPlaceFinder(text);
  return (await judgeByOfficialSchema(document)).map(({ path, message }) => {
    const [line, column] = placeOf(path);
    return { rule: "official-schema", severity: "error", message, line, column };
  });
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
