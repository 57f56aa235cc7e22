import { isDeepStrictEqual } from "node:util";
import type { Json, JsonObject } from "../spec/document.ts";
import { isObject } from "../spec/json.ts";
import { type Kind, kindBelow, prose } from "../spec/kinds.ts";
import type { CaseResult } from "./assignment.ts";
import { declares, namesAt } from "./declared.ts";
import { type ExampleCase, exampleCases, objectAt } from "./example-cases.ts";
import { unenforcedInWords } from "./keywords.ts";
import { runClient } from "./run-client.ts";
import type { Read } from "./tracing.ts";

export type ClientSubject = {
  /** Where the client's `src/` is, with a slash at the end. */
  readonly root: string;
  readonly base: JsonObject;
  readonly revision: JsonObject;
  /** What the revision compiles to, by name. */
  readonly generated: ReadonlyMap<string, string>;
};

/** `failure`: why the client does not run with what is generated from the revision. */
export type ClientJudgement = { readonly objections: readonly string[]; readonly failure?: string };

/**
 * What the client's own code says to a document, which no type tells: it reads properties and headers by their names, and nothing else notices
 * that a name is gone. It is run on the examples of the base, for what it reads, and on those of the revision, for what it refuses. It is asked which keywords it enforces, too: no example may break them.
 */
export async function judgeClient({ root, base, revision, generated }: ClientSubject): Promise<ClientJudgement> {
  // Other words reach no client, and starting it takes time.
  if (isDeepStrictEqual(withoutProse(base), withoutProse(revision))) return { objections: [] };
  const [before, after] = [exampleCases(base), exampleCases(revision)];
  // Most examples are the same in both.
  const cases = [...new Map([...before, ...after].map((one) => [JSON.stringify(one), one])).values()];
  const run = await runClient({ root, generated: Object.fromEntries(generated), cases });
  if (typeof run === "string") return { objections: [], failure: run };
  const byCase = new Map(cases.map((one, index) => [JSON.stringify(one), run.results[index]]));
  const resultOf = (one: ExampleCase) => byCase.get(JSON.stringify(one));
  const refused = after.flatMap((one) => refusalOf(one, resultOf(one)) ?? []);
  const gone = before.flatMap((one) => (resultOf(one)?.reads ?? []).flatMap((read) => goneFrom(base, revision, one, read) ?? []));
  return { objections: [...goneInWords(gone), ...refusedInWords(refused), ...unenforcedInWords(revision, run.enforced)] };
}

/** A name that the client reads in one place, and that the spec has no more; `now` stands beside where it stood, and is new. */
type Gone = { readonly label: string; readonly place: string; readonly now: readonly string[] };

/** What the client read by a name that the base has and the revision has not. */
function goneFrom(base: JsonObject, revision: JsonObject, one: ExampleCase, { what, path, place }: Read): Gone | undefined {
  const name = path.at(-1) ?? "";
  const [before, after] = what === "body" ? bodyNames(base, revision, one, path) : headerNames(base, revision, one);
  const has = (names: readonly string[]) => names.some((known) => (what === "body" ? known === name : known.toLowerCase() === name));
  if (after === undefined || !has(before) || has(after)) return undefined;
  const label = what === "body" ? `\`${path.filter((key) => key !== "*").join(".")}\`` : `the header \`${name}\``;
  return { label, place, now: after.filter((known) => !before.includes(known)) };
}

/** One line for each name, wherever the documents have it. */
function goneInWords(all: readonly Gone[]): string[] {
  return [...Map.groupBy(all, ({ label }) => label)].map(([label, ones]) => {
    const places = [...new Set(ones.map(({ place }) => place))];
    const now = [...new Set(ones.flatMap((one) => one.now))].map((name) => `\`${name}\``);
    const instead = now.length === 0 ? "no such name any more" : `${now.join(" and ")} there`;
    const lines = places.length === 1 ? "that line" : "these lines";
    return `The client reads ${label} by its name (${places.join(", ")}), and the spec has ${instead}: a developer must change ${lines}, or the spec must keep the old name.`;
  });
}

/** The names beside a property in both documents; none where the revision has no such object any more: that is a change of another kind. */
function bodyNames(base: JsonObject, revision: JsonObject, { schemaAt }: ExampleCase, path: readonly string[]) {
  const above = path.slice(0, -1);
  const [before, after] = [objectAt(base, schemaAt), objectAt(revision, schemaAt)];
  return [
    namesAt(base, before, above),
    Object.keys(after).length > 0 && declares(revision, after, above) ? namesAt(revision, after, above) : undefined,
  ] as const;
}

function headerNames(base: JsonObject, revision: JsonObject, { headersAt }: ExampleCase) {
  const answer = objectAt(revision, headersAt.slice(0, -1));
  return [
    Object.keys(objectAt(base, headersAt)),
    Object.keys(answer).length > 0 ? Object.keys(objectAt(revision, headersAt)) : undefined,
  ] as const;
}

/** What the client refuses of the examples of the revision. An error that the example is about is no refusal of the example. */
function refusalOf(one: ExampleCase, result: CaseResult | undefined): { title: string; why: string } | undefined {
  const refuses = { answer: "BAD_ANSWER", request: "BAD_INPUT", notification: "BAD_NOTIFICATION" }[one.kind];
  return result?.refusal?.code === refuses ? { title: one.title, why: firstSentence(result.refusal.message) } : undefined;
}

/** The others tell whoever runs a bot what to do. */
function firstSentence(message: string): string {
  return message.split(/(?<=\.)\s/)[0] ?? message;
}

/** One line for each reason. */
function refusedInWords(all: readonly { readonly title: string; readonly why: string }[]): string[] {
  return [...Map.groupBy(all, ({ why }) => why)].map(([why, [first, ...more]]) => {
    const others = more.length === 0 ? "" : ` and ${more.length} more`;
    return `The client does not take the example ${first?.title}${others}: ${why} A developer must teach it that, or the example is wrong.`;
  });
}

function withoutProse(node: Json | undefined, kind: Kind = "document"): Json | undefined {
  if (Array.isArray(node)) return node.map((one, index) => withoutProse(one, kindBelow(kind, index)) as Json);
  if (!isObject(node)) return node;
  const entries = Object.entries(node).filter(([key]) => !prose(kind, key));
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutProse(value, kindBelow(kind, key)) as Json]));
}
