import { facts } from "../../judges/facts/all-facts.ts";
import { openTodos } from "../../judges/facts/todo.ts";
import type { JsonObject } from "../../spec/document.ts";
import { docPages } from "../../tool/doc-pages.ts";
import type { Findings } from "../findings.ts";
import { readIfThere } from "../steps.ts";
import { casesLeft } from "./cases-left.ts";
import { changelogFor } from "./changelog-lines.ts";
import { formatted } from "./formatted.ts";
import { namesOf } from "./names.ts";
import { namesLeft } from "./names-left.ts";
import { pageFor } from "./page.ts";
import { type Paste, pastesBetween } from "./paste.ts";
import type { Plan } from "./plan-type.ts";
import { restateFacts } from "./restate-facts.ts";
import { namesFile, renames, restateNames } from "./restate-names.ts";
import { restateTypes } from "./restate-types.ts";
import { withEntries } from "./reviewed-entries.ts";
import { sourcesFor } from "./source-lines.ts";
import { wordsFor, wordy } from "./words.ts";

export type PlanSubject = {
  readonly root: string;
  readonly base: JsonObject;
  readonly revision: JsonObject;
  /** What the revision compiles to, by name. */
  readonly generated: ReadonlyMap<string, string>;
  readonly found: Pick<Findings, "changes" | "changelog" | "judgement" | "drift">;
};

type Texts = ReadonlyMap<string, string>;

/** The texts of all files that follow the spec, as they must be, and what is to be pasted to make them so. */
export async function planOf(subject: PlanSubject): Promise<Plan> {
  const { root, revision, generated, found } = subject;
  const read = (file: string) => readIfThere(root, file);
  const types = found.judgement.types.length === 0 ? undefined : restateTypes(read(wireTypes), generated, renames(found.changes));
  const [known, names] = [read(namesFile), restateNames(read(namesFile), found.changes)];
  const texts: Record<keyof Plan["pastes"], Texts> = {
    facts: found.judgement.facts.length === 0 ? new Map() : restateFacts(revision, facts, read),
    types: new Map([...(types === undefined ? [] : [[wireTypes, types] as const]), [namesFile, names]]),
    differences: new Map([[differences, withEntries(read(differences), found.drift)]]),
    ...followers(subject, read),
  };
  const pastes = async (files: Texts) =>
    (await Promise.all([...files].map(([file, after]) => pastesOf(root, file, read(file), after)))).flat();
  return {
    pastes: await inEach(texts, pastes),
    typesUnknown: found.judgement.types.length > 0 && types === undefined,
    developer: [
      ...unknownCodes(revision, read(commsCodes)),
      ...namesLeft(root, subject.base, revision, names),
      // Cases take their names from there: what they say when it is restated, nobody knows yet.
      ...(known === names ? casesLeft(root, found.judgement.proxy) : []),
    ],
    todos: openTodos(root),
  };
}

/** The same keys, with what becomes of each value: all at once, for the formatter is a program. */
async function inEach<Key extends string, From, To>(record: Record<Key, From>, become: (value: From) => Promise<To>) {
  const entries = Object.entries<From>(record).map(async ([key, value]) => [key, await become(value)]);
  return Object.fromEntries(await Promise.all(entries)) as Record<Key, To>;
}

/** Communications codes of examples that the client does not explain. */
function unknownCodes(document: JsonObject, known: string): string[] {
  const text = JSON.stringify(document.components ?? {});
  const codes = [...text.matchAll(/"code":"(\d{4,})"|\\"errorCode\\":\\"?(\d+)/g)].map(([, plain, nested]) => plain ?? nested);
  const missing = [...new Set(codes)].filter((code) => !new RegExp(`^ {2}${code}: `, "m").test(known));
  return missing.map(
    (code) =>
      `${commsCodes} does not know ${code}, the code of an example: it needs a meaning and a fix; then \`npm test\` says what follows`,
  );
}

const commsCodes = "src/model/comms-codes.ts";
const wireTypes = "scripts/judges/wire-types.ts";
const differences = "openapi/reviewed-differences.yaml";

function followers(
  { root, base, revision, found }: PlanSubject,
  read: (file: string) => string,
): Record<"src" | "docs" | "changelog", Texts> {
  const names = namesOf(revision);
  const words = (text: string) => wordsFor(text, base, revision, names);
  const followed = sourcesFor(read, revision, names);
  const sources = new Map([...followed, ...wordy.map((file): [string, string] => [file, words(followed.get(file) ?? read(file))])]);
  const docs = docPages(root).map((file): [string, string] => [file, words(pageFor(read(file), names))]);
  const changelog = changelogFor({ text: read("CHANGELOG.md"), changes: found.changes, gap: found.changelog !== undefined, names });
  return {
    src: sources,
    docs: new Map(docs),
    changelog: new Map([["CHANGELOG.md", changelog]]),
  };
}

async function pastesOf(root: string, file: string, before: string, after: string): Promise<Paste[]> {
  if (before === after || before === "") return [];
  return pastesBetween(file, before, file.endsWith(".ts") ? await formatted(root, file, after) : after);
}
