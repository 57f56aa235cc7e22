import { todo } from "../../judges/facts/todo.ts";
import type { Drift } from "../findings.ts";

/** The list of reviewed differences with an entry for each that is open, and without those that are none any more. */
export function withEntries(text: string, drift: readonly Drift[]): string {
  const open = [...new Set(drift.flatMap(({ reviewable }) => reviewable))];
  const outdated = new Set(drift.flatMap((one) => one.outdated));
  const left = new Set(open);
  const entries = text.split(/^(?=- )/m).map((entry) => {
    const difference = unquoted(/^- difference: (.*)$/m.exec(entry)?.[1] ?? "");
    if (!outdated.has(difference)) return entry;
    // What is said of the same thing now comes into its place, for the same formats.
    const now = [...left].filter((one) => subjectOf(one) === subjectOf(difference));
    for (const one of now) left.delete(one);
    const formats = entry.split("\n").filter((line) => /^ {2}(in|sometimesIn): /.test(line));
    return now.map((one) => entryOf(one, formats)).join("") + commentsOf(entry);
  });
  const whole = entries.join("");
  const added = [...left].map((one) => entryOf(one, ["  in: [csdl]", "  sometimesIn: [openapi]"]));
  return added.length === 0 ? whole : `${whole.trimEnd()}\n${added.join("")}`;
}

/** In blocks, in which a reason and a source may have colons and quotes of their own. */
function entryOf(difference: string, formats: readonly string[]): string {
  const [reason, source] = [`  reason: >-\n    ${todo.words}`, `  source: >-\n    ${todo.source}`];
  return [`- difference: ${quoted(difference)}`, ...formats, reason, source, ""].join("\n");
}

/** `updateRecordingStatus.clientContext has maxLength` */
function subjectOf(difference: string): string {
  return /^\S+ \S+ \S+/.exec(difference)?.[0] ?? difference;
}

/** What stands between an entry and the next one. */
function commentsOf(entry: string): string {
  return /\n((?:\n|#.*\n)*)$/.exec(entry)?.[1] ?? "";
}

function quoted(text: string): string {
  return /: | #|^[^\w]/.test(text) ? JSON.stringify(text) : text;
}

function unquoted(text: string): string {
  return text.startsWith('"') ? (JSON.parse(text) as string) : text;
}
