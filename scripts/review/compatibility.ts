import { readDocument } from "../spec/document.ts";
import { refPath } from "../spec/json.ts";
import { createPlaceFinder } from "../spec/places.ts";
import { type Change, higher } from "./change.ts";
import { classify } from "./classify.ts";
import { differencesOf } from "./differences.ts";
import type { RatedChange } from "./rate.ts";
import { createUsage } from "./usage.ts";

/**
 * Every change between two texts of the spec: whom it can break, and which version it asks for. Redocly's comparison is the engine for what
 * breaks callers, and its rating is never lowered; what it rates too softly or does not look at is judged here.
 */
export function changesOf(baseText: string, revisionText: string, rated: readonly RatedChange[]): Change[] {
  const [base, revision] = [readDocument(baseText), readDocument(revisionText)];
  const [usedBefore, usedAfter] = [createUsage(base), createUsage(revision)];
  const [placeBefore, placeAfter] = [createPlaceFinder(baseText), createPlaceFinder(revisionText)];
  const own = differencesOf(base, revision).map((difference): Change => {
    const { path, change } = difference;
    const directions = new Set([...usedBefore(path), ...usedAfter(path)]);
    const [line] = (change === "removed" ? placeBefore : placeAfter)(path);
    return { ...classify(difference, { base, revision, directions }), line };
  });
  const merged = own.map((change) => raise(change, rated));
  const missed = rated.filter((one) => !own.some((change) => related(change.path, one.pointer)));
  const only = missed.map(({ pointer, bump, message }): Change => {
    const [line] = placeAfter(refPath(pointer));
    return { path: pointer, side: "both", bump, message: `Redocly: ${message}`, line };
  });
  return unique([...merged, ...only]).sort(byWeight);
}

function raise(change: Change, rated: readonly RatedChange[]): Change {
  const graver = rated.filter(({ pointer, bump }) => related(change.path, pointer) && higher(change.bump, bump) !== change.bump);
  if (graver.length === 0) return change;
  const bump = graver.map((one) => one.bump).reduce(higher);
  return { ...change, bump, message: [change.message, ...new Set(graver.map(({ message }) => `Redocly: ${message}`))].join(" ") };
}

/** One is within the other. */
function related(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}

function unique(changes: readonly Change[]): Change[] {
  return [...new Map(changes.map((change) => [`${change.path} ${change.message}`, change])).values()];
}

/** The gravest first, else as they are written. */
function byWeight(a: Change, b: Change): number {
  const weights = { major: 0, minor: 1, patch: 2 };
  return weights[a.bump] - weights[b.bump] || (a.line ?? 0) - (b.line ?? 0);
}
