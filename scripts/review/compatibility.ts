import { type JsonObject, readDocument } from "../spec/document.ts";
import { type Path, toPointer } from "../spec/json.ts";
import { createPlaceFinder } from "../spec/places.ts";
import type { Change, Meaning } from "./change.ts";
import type { Difference } from "./differences/difference.ts";
import { differencesOf } from "./differences/differences.ts";
import { isToldByServer } from "./meaning/cloud.ts";
import { meaningOf } from "./meaning/meaning-of.ts";
import { haveSameMessages } from "./same-messages.ts";
import { showDifference, subject } from "./show.ts";
import { createUsage, type Use } from "./usage.ts";

/** Every change between two texts of the spec, each judged once: whom it can break, which version it asks for, whether it is on the wire. */
export function changesOf(baseText: string, revisionText: string): Change[] {
  const [base, revision] = [readDocument(baseText), readDocument(revisionText)];
  const [placeBefore, placeAfter] = [createPlaceFinder(baseText), createPlaceFinder(revisionText)];
  const changes = judgedDifferences(base, revision).map(({ difference, meaning }): Change => {
    const { path, change } = difference;
    const isGone = change === "removed";
    return {
      path: toPointer(path),
      subject: subject(path, isGone ? base : revision),
      what: showDifference(difference),
      line: placeAfter(path)[0],
      ...(isGone ? { baseLine: placeBefore(path)[0] } : {}),
      ...meaning,
    };
  });
  return unique(changes).sort(byWeight);
}

/** The same without lines, from documents that are read already. */
export function judgedDifferences(base: JsonObject, revision: JsonObject): { difference: Difference; meaning: Meaning }[] {
  const [usedBefore, usedAfter] = [createUsage(base), createUsage(revision)];
  const usesOf = (difference: Difference): Use[] => {
    const above = stepsToSchema(difference);
    const all = [...usedBefore(upwards(oldPath(difference), above)), ...usedAfter(upwards(difference.path, above))];
    return [...new Map(all.map((use) => [`${use.direction} ${use.lens}`, use])).values()];
  };
  let same: boolean | undefined;
  const sameMessages = () => (same ??= haveSameMessages(base, revision));
  return differencesOf(base, revision)
    .filter((difference) => !isToldByServer(difference, { base, revision }))
    .map((difference) => ({ difference, meaning: meaningOf(difference, { base, revision, uses: usesOf(difference), sameMessages }) }));
}

/** What a keyword does, it does to the schema that holds it; what an alternative does, to the schema that lists it. */
function stepsToSchema({ holder, change }: Difference): number {
  if (change === "rewritten") return 0;
  return holder === "schema" ? 1 : holder === "list:schema" && change !== "changed" ? (change === "reordered" ? 1 : 2) : 0;
}

function upwards(path: Path, steps: number): Path {
  return path.slice(0, path.length - steps);
}

function oldPath({ path, from }: Difference): Path {
  return from === undefined || typeof path.at(-1) === "number" ? path : [...path.slice(0, -1), from];
}

/** An alias of YAML is written once, and stands in many places. */
function unique(changes: readonly Change[]): Change[] {
  return [...new Map(changes.map((change) => [`${change.path} ${change.what} ${change.why}`, change])).values()];
}

/** The gravest first, else as they are written. */
function byWeight(a: Change, b: Change): number {
  const weights = { major: 0, minor: 1, patch: 2 };
  return weights[a.bump] - weights[b.bump] || a.line - b.line;
}
