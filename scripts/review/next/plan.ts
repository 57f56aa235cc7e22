import { facts } from "../../judges/facts/all-facts.ts";
import { openTodos } from "../../judges/facts/todo.ts";
import type { JsonObject } from "../../spec/document.ts";
import type { Findings } from "../findings.ts";
import { readIfThere } from "../steps.ts";
import { changelogFor } from "./changelog-lines.ts";
import { formatted } from "./code-edits.ts";
import { namesOf } from "./names.ts";
import { type Paste, pastesBetween } from "./paste.ts";
import type { Plan } from "./plan-type.ts";
import { readmeFor } from "./readme.ts";
import { restateFacts } from "./restate-facts.ts";
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
export function planOf(subject: PlanSubject): Plan {
  const { root, revision, generated, found } = subject;
  const read = (file: string) => readIfThere(root, file);
  const types = found.judgement.types.length === 0 ? undefined : restateTypes(read(wireTypes), generated, renames(found.changes));
  const pastes = (texts: Texts) => [...texts].flatMap(([file, after]) => pastesOf(root, file, read(file), after));
  return {
    pastes: {
      facts: pastes(found.judgement.facts.length === 0 ? new Map() : restateFacts(revision, facts, read)),
      types: pastes(types === undefined ? new Map() : new Map([[wireTypes, types]])),
      differences: pastes(new Map([[differences, withEntries(read(differences), found.drift)]])),
      ...followers(subject, read, pastes),
    },
    typesUnknown: found.judgement.types.length > 0 && types === undefined,
    developer: unknownCodes(revision, read(commsCodes)),
    todos: openTodos(root),
  };
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
  { base, revision, found }: PlanSubject,
  read: (file: string) => string,
  pastes: (texts: Texts) => Paste[],
): Pick<Plan["pastes"], "src" | "readme" | "changelog"> {
  const names = namesOf(revision);
  const words = (text: string) => wordsFor(text, base, revision, names);
  const followed = sourcesFor(read, revision, names);
  const sources = new Map([...followed, ...wordy.map((file): [string, string] => [file, words(followed.get(file) ?? read(file))])]);
  const readme = words(readmeFor(read("README.md"), names));
  const changelog = changelogFor({ text: read("CHANGELOG.md"), changes: found.changes, gap: found.changelog !== undefined, names });
  return {
    src: pastes(sources),
    readme: pastes(new Map([["README.md", readme]])),
    changelog: pastes(new Map([["CHANGELOG.md", changelog]])),
  };
}

function pastesOf(root: string, file: string, before: string, after: string): Paste[] {
  if (before === after || before === "") return [];
  return pastesBetween(file, before, file.endsWith(".ts") ? formatted(root, file, after) : after);
}

/** Names that became others. */
function renames(changes: Findings["changes"]): Map<string, string> {
  return new Map(
    changes.flatMap(({ path, what }): [string, string][] => {
      const from = /^renamed from (.+)$/.exec(what)?.[1];
      return from === undefined ? [] : [[from, path.split("/").at(-1) ?? ""]];
    }),
  );
}
