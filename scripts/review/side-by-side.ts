import { diffLines } from "diff";

/** Lines that stand against each other; one side alone: added or removed. */
export type Pair = { readonly before?: string; readonly after?: string };
export type FileDiff = { readonly file: string; readonly pairs: readonly Pair[] };

/** What differs between two sets of files, by name; files that are the same are left out. */
export function fileDiffs(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): FileDiff[] {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names
    .map((file) => ({ file, pairs: pairsOf(before.get(file) ?? "", after.get(file) ?? "") }))
    .filter(({ pairs }) => pairs.length > 0);
}

/** The changed lines only, each removed one beside the added one that took its place. */
function pairsOf(before: string, after: string): Pair[] {
  const pairs: Pair[] = [];
  let removed: string[] = [];
  const flush = (added: readonly string[]) => {
    for (let index = 0; index < Math.max(removed.length, added.length); index++) {
      const [old, now] = [removed[index], added[index]];
      pairs.push({ ...(old === undefined ? {} : { before: old }), ...(now === undefined ? {} : { after: now }) });
    }
    removed = [];
  };
  for (const part of diffLines(before, after)) {
    const lines = part.value.replace(/\n$/, "").split("\n");
    if (part.removed) removed = lines;
    else flush(part.added ? lines : []);
  }
  flush([]);
  return pairs;
}
