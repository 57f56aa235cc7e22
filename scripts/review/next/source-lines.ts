import type { JsonObject } from "../../spec/document.ts";
import { isObject, resolve, valueAt } from "../../spec/json.ts";
import { type Names, type Property, proseOf } from "./names.ts";

/** Files of `src/` that follow the spec line by line, by name, as they must be. */
export function sourcesFor(read: (file: string) => string, document: JsonObject, names: Names): Map<string, string> {
  const [update, failure, retry] = ["src/model/update.ts", "src/http/http-failure.ts", "src/http/retry.ts"] as const;
  return new Map([
    [update, updateFor(read(update), names.properties)],
    [failure, hintsFor(read(failure), document, names.retryable)],
    [retry, fatesFor(read(retry), names.retryable)],
  ]);
}

/** `RecordingStatusUpdate`: a member for each property of the request. */
function updateFor(text: string, properties: readonly Property[]): string {
  const start = text.indexOf("export type RecordingStatusUpdate = {\n");
  const end = text.indexOf("\n};\n", start) + 1;
  if (start < 0 || end < 1) return text;
  const members = text.slice(start, end);
  const added = properties.filter(({ name }) => !new RegExp(`^ {2}${name}\\??:`, "m").test(members)).map(memberOf);
  return text.slice(0, end) + added.join("") + text.slice(end);
}

function memberOf({ name, schema, required }: Property): string {
  const { enum: values, type = "string" } = schema;
  const words = Array.isArray(values) ? values : Array.isArray(type) ? type : [type];
  const types = words.map((word) => (Array.isArray(values) ? JSON.stringify(word) : word === "integer" ? "number" : `${word}`));
  const limit = typeof schema.maxLength === "number" ? ` At most ${schema.maxLength} code points.` : "";
  const left = required ? "" : " | undefined";
  return `  /** ${proseOf(schema)}${limit} */\n  ${name}${required ? "" : "?"}: ${types.join(" | ")}${left};\n`;
}

/** A hint for each status that is repeated: the one that its answer has had so far, else what the spec says of it. */
function hintsFor(text: string, document: JsonObject, retryable: readonly number[]): string {
  const table = /(const retryHints: RetryHints = \{\n)((?: {2}\d{3}: .*\n)*)(\};\n)/;
  const lines = linesOf(table.exec(text)?.[2] ?? "");
  const others = linesOf(/const statusHints: [\s\S]*?= \{\n((?: {2}\d{3}: .*\n)*)/.exec(text)?.[1] ?? "");
  const next = retryable.map(
    (status) => lines.get(status) ?? others.get(status) ?? `  ${status}: ${JSON.stringify(hintOf(document, status))},\n`,
  );
  const moved = retryable.flatMap((status) => (lines.has(status) ? [] : (others.get(status) ?? [])));
  const without = moved.reduce((all, line) => all.replace(line, ""), text);
  return lines.size === 0 ? text : without.replace(table, (_, head: string, __, tail: string) => head + next.join("") + tail);
}

function hintOf(document: JsonObject, status: number): string {
  const answer = resolve(
    document,
    valueAt(document, ["paths", "/communications/calls/{id}/updateRecordingStatus", "post", "responses", `${status}`]),
  );
  const [first = ""] = proseOf(isObject(answer) ? answer : {}).split(". ");
  return `${first.replace(/\.$/, "")}: report again.`;
}

/** Whether a request that was answered so may still take effect: it may, unless a person knows better. */
function fatesFor(text: string, retryable: readonly number[]): string {
  const table = /const fates: Fates = \{ (.*) \};/;
  const known = new Map((table.exec(text)?.[1] ?? "").split(", ").map((one) => [Number(one.split(":")[0]), one]));
  const next = retryable.map((status) => known.get(status) ?? `${status}: "undecided"`);
  return text.replace(table, () => `const fates: Fates = { ${next.join(", ")} };`);
}

function linesOf(block: string): Map<number, string> {
  const lines = block.split("\n").filter((line) => line !== "");
  return new Map(lines.map((line) => [Number(line.trim().slice(0, 3)), `${line}\n`]));
}
