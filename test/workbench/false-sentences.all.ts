// `npm run test:all`: is any sentence of the review false? Edits made by rule, each judged by the review, and by an oracle that knows nothing
// of it: a JSON Schema validator on samples. EVERY=1 tries every edit; without it a part of them is tried, the same for each number.

import { expect, test, vi } from "vitest";
import { higher, highest, type Meaning } from "../../scripts/review/change.ts";
import { changesOf, judgedDifferences } from "../../scripts/review/compatibility.ts";
import { readDocument, readSpecText } from "../../scripts/spec/document.ts";
import { frozenSpec, frozenLimit as limit } from "../support/frozen.ts";
import { edits } from "./edits.ts";
import { type GeneratedEdit, generateEdits } from "./generated-edits.ts";
import { createOracle, type Seen } from "./oracle.ts";
import { rate } from "./rate.ts";
import { isJudgeable } from "./valid-edit.ts";

vi.setConfig({ testTimeout: 1_200_000 });
const text = readSpecText();
const base = readDocument(text);
const every = Number(process.env.EVERY ?? 13);

/** What no sample can show: what the client or the verifier does with a message, and what is said of one direction alone. */
const beyondSamples =
  /x-unsupported-clouds|securitySchemes|x-retryable|x-ended-call-state|(?:nullable|readOnly|writeOnly) true added|responses: \w+ renamed/;

/** What is false about the judgement on an edit; empty: nothing was found. */
function falsities(seen: Seen, meanings: readonly Meaning[]): string[] {
  const { sent, received } = seen;
  const witnesses = [...sent.lost, ...sent.gained, ...received.lost, ...received.gained];
  const says = (words: string) => meanings.some(({ why }) => why.includes(words));
  const isMajor = meanings.some(({ bump }) => bump === "major");
  const checks: readonly [isFalse: boolean, what: string, witness?: string | undefined][] = [
    [witnesses.length > 0 && meanings.every(({ wire }) => wire === "no"), "nothing on the wire, it says", witnesses[0]],
    [witnesses.length === 0 && meanings.some(({ wire }) => wire === "yes"), "on the wire, it says, and nothing is to be seen there"],
    [sent.lost.length > 0 && !isMajor, "callers are refused, and it is not major", sent.lost[0]],
    [received.gained.length > 0 && !isMajor, "callers must expect more, and it is not major", received.gained[0]],
    [sent.gained.length === 0 && says("Callers may send more."), "callers may not send more"],
    [sent.lost.length === 0 && says("Callers that send what was allowed are refused"), "nobody is refused"],
    [received.gained.length === 0 && says("Callers must expect more than before."), "nothing more comes"],
    [received.lost.length === 0 && says("The service may no longer send some"), "the service may send all that it could"],
  ];
  return checks.filter(([isFalse]) => isFalse).map(([, what, witness]) => (witness === undefined ? what : `${what}: ${witness}`));
}

function* chosenEdits(): Generator<GeneratedEdit> {
  let index = 0;
  for (const edit of generateEdits(base))
    if (index++ % every === 0 && isJudgeable(edit.document) && !beyondSamples.test(edit.what)) yield edit;
}

test("no sentence on an edit made by rule is false", () => {
  const oracle = createOracle(base);
  const found: string[] = [];
  let tried = 0;
  for (const { what, document } of chosenEdits()) {
    const meanings = judgedDifferences(base, document).map(({ meaning }) => meaning);
    tried++;
    for (const one of falsities(oracle(document), meanings)) found.push(`${what}\n  ${one}\n  ${meanings.map(({ why }) => why).join(" ")}`);
  }
  expect(found.join("\n")).toBe("");
  expect(tried).toBeGreaterThan(5_000 / every);
});

test("the oracle sees what it should: a limit of the request, of an answer, a permission, a cloud", () => {
  const oracle = createOracle(readDocument(frozenSpec));
  const seen = (from: string, to: string) => oracle(readDocument(frozenSpec.replaceAll(from, () => to)));
  expect(seen(`maxLength: ${limit}`, `maxLength: ${limit - 1}`).sent.lost).not.toEqual([]);
  expect(seen(`maxLength: ${limit}`, `maxLength: ${limit + 1}`).sent.gained).not.toEqual([]);
  expect(seen("required: [code, subcode]", "required: [code]").received.gained).not.toEqual([]);
  expect(seen("required: [code, message]", "required: [code, message, innerError]").received.lost).not.toEqual([]);
  expect(seen("        - graphApplication: [Calls.JoinGroupCall.All]\n", "").sent.lost).not.toEqual([]);
  expect(seen("https://dod-graph.microsoft.us/v1.0", "https://dod-graph.microsoft.us/v1").sent.gained).not.toEqual([]);
  const nothing = { lost: [], gained: [] };
  expect(seen("summary: Report the", "summary: Tell the")).toEqual({ sent: nothing, received: nothing });
});

test("Redocly's comparison rates no edit graver than we do, but for one", async () => {
  const softer: string[] = [];
  for (const { what, from, to } of edits) {
    const edited = typeof from === "string" ? frozenSpec.replace(from, () => to) : frozenSpec.replace(from, to);
    const [ours, theirs] = [
      highest(changesOf(frozenSpec, edited).map(({ bump }) => bump)),
      highest((await rate(frozenSpec, edited)).map(({ bump }) => bump)),
    ];
    if (theirs !== "none" && (ours === "none" || higher(ours, theirs) !== ours)) softer.push(what);
  }
  // It does not see that any string may come there.
  expect(softer).toEqual(["a known status of operations added, where any string may come"]);
});
