import type { Json, JsonObject } from "../../spec/document.ts";
import { isObject, resolve, valueAt } from "../../spec/json.ts";
import type { Names } from "./names.ts";

/** Files that say in sentences what stands in the spec. */
export const wordy = ["src/model/update.ts", "src/input/client-options.ts"] as const;

/** A text, with what it says of limits, statuses and clouds as the spec has it. */
export function wordsFor(text: string, base: JsonObject, revision: JsonObject, names: Names): string {
  return limitWords(statusWords(betaWords(text, names), revision), base, revision);
}

/** `"beta"` exists in the global cloud only. */
function betaWords(text: string, { clouds }: Names): string {
  const having = Object.entries(clouds).flatMap(([name, { versions }]) => (versions.beta === undefined ? [] : [name]));
  const where = having.join() === "global" ? "the global cloud" : `the clouds ${listed(having, "and")}`;
  return text.replace(/(beta\W* exists in )the (?:global cloud|clouds [\w, ]+?) only/g, (_, before: string) => `${before}${where} only`);
}

/** The row of docs/options.md that lists what may be reported. */
function statusWords(text: string, revision: JsonObject): string {
  // By its place in the request: the component may have another name.
  const status = valueAt(revision, ["components", "schemas", "UpdateRecordingStatusRequest", "properties", "status"]);
  const { enum: members = [] } = object(resolve(revision, status));
  const now = (members as Json[]).map((one) => `${one}`);
  // A row that lists nothing would be wrong: what is built in another way is for a person.
  if (now.length === 0) return text;
  return text.replace(/^(\| `update\.status` \| )([^|]+?)\. \|/m, (_, before: string, list: string) => {
    const known = [...list.matchAll(/`"(\w+)"`/g)].map(([, name = ""]) => name);
    const next = [...known.filter((name) => now.includes(name)), ...now.filter((name) => !known.includes(name))];
    return `${before}${listed(
      next.map((name) => `\`"${name}"\``),
      "or",
    )}. |`;
  });
}

function listed(all: readonly string[], word: string): string {
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} ${word} ${all.at(-1)}`;
}

function object(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** Words that tell a limit of the request, in the documentation and in comments: `At most 256 code points`. */
function limitWords(text: string, base: JsonObject, revision: JsonObject): string {
  const limits = (document: JsonObject) => {
    const properties = valueAt(document, ["components", "schemas", "UpdateRecordingStatusRequest", "properties"]);
    return Object.entries(isObject(properties) ? properties : {}).map(
      ([name, schema]) => [name, isObject(schema) ? schema.maxLength : undefined] as const,
    );
  };
  const now = new Map(limits(revision));
  return limits(base).reduce((words, [name, before]) => {
    const after = now.get(name);
    if (typeof before !== "number" || typeof after !== "number" || before === after) return words;
    const lines = words.split("\n");
    const about = (index: number) => lines.slice(Math.max(0, index - 1), index + 4).some((line) => line.includes(name));
    return lines.map((line, index) => (about(index) ? line.replace(`${before} code points`, `${after} code points`) : line)).join("\n");
  }, text);
}
