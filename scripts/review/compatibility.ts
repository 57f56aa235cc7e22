import { readDocument } from "../spec/document.ts";
import { type Path, toPointer } from "../spec/json.ts";
import { createPlaceFinder } from "../spec/places.ts";
import type { Change } from "./change.ts";
import type { Difference } from "./differences/difference.ts";
import { differencesOf } from "./differences/differences.ts";
import { isToldByServer } from "./meaning/cloud.ts";
import { meaningOf } from "./meaning/meaning-of.ts";
import { showDifference, subject } from "./show.ts";
import { createUsage, type Use } from "./usage.ts";

/** Every change between two texts of the spec, each judged once: whom it can break, which version it asks for, whether it is on the wire. */
export function changesOf(baseText: string, revisionText: string): Change[] {
  const [base, revision] = [readDocument(baseText), readDocument(revisionText)];
  const [usedBefore, usedAfter] = [createUsage(base), createUsage(revision)];
  const [placeBefore, placeAfter] = [createPlaceFinder(baseText), createPlaceFinder(revisionText)];
  const usesOf = (difference: Difference): Use[] => {
    const all = [...usedBefore(oldPath(difference)), ...usedAfter(difference.path)];
    return [...new Map(all.map((use) => [`${use.direction} ${use.lens}`, use])).values()];
  };
  const changes = differencesOf(base, revision)
    .filter((difference) => !isToldByServer(difference, { base, revision }))
    .map((difference): Change => {
      const { path, change } = difference;
      const isGone = change === "removed";
      return {
        path: toPointer(path),
        subject: subject(path, isGone ? base : revision),
        what: showDifference(difference),
        line: placeAfter(path)[0],
        ...(isGone ? { baseLine: placeBefore(path)[0] } : {}),
        ...meaningOf(difference, { base, revision, uses: usesOf(difference) }),
      };
    });
  return unique(changes).sort(byWeight);
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
