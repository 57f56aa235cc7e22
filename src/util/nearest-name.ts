import { cut } from "./redact.ts";

/** The known name that a misspelt one most likely stands for; undefined when none is near. Case does not count, a part of a name does. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const wanted = name.toLowerCase();
  let nearest: string | undefined;
  let least = Math.max(2, Math.floor(Math.min(name.length, longestName) / 3)) + 1;
  for (const candidate of known) {
    const other = candidate.toLowerCase();
    const isPart = wanted.length >= shortestPart && (other.includes(wanted) || wanted.includes(other));
    const distance = isPart ? 1 : editDistance(wanted.slice(0, longestName), other);
    if (distance < least) [nearest, least] = [candidate, distance];
  }
  return nearest;
}

/** A name is the caller's: it may be of any length. */
const longestName = 40;
const shortestPart = 4;

/** How many letters must be put in, taken out or changed to make the one of the other (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** How a message names what is not known and what was probably meant: `"deadlineMS"; did you mean deadlineMs? It takes …`. */
export function describeUnknown(name: string, known: readonly string[], prefix = ""): string {
  const shown = JSON.stringify(prefix + cut(name, longestName));
  const nearest = nearestName(name, known);
  return `${shown}${nearest === undefined ? "." : `; did you mean ${prefix}${nearest}?`} It takes ${known.join(", ")}.`;
}
