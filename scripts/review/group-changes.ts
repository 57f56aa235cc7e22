import type { Change } from "./change.ts";

/** Changes that are told in one line. */
export type Row = Pick<Change, "bump" | "side" | "wire"> & {
  /** Such as `89`, `was 46` or `89, 128`. */
  readonly lines: string;
  readonly text: string;
};

/** A line for each change; the same at several places is one, and so is everything that only readers and tests see. */
export function groupChanges(changes: readonly Change[], all: boolean): Row[] {
  const groups = new Map<string, Change[]>();
  for (const [index, change] of changes.entries()) {
    const { bump, side, wire, what, why } = change;
    const key = all
      ? `${index}`
      : [bump, side, wire, why, bump === "patch" ? "" : what, bump === "patch" ? "" : lastWord(change)].join("\n");
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()].map(rowOf);
}

function rowOf(group: readonly Change[]): Row {
  const [first] = group as [Change];
  const { bump, side, wire, why } = first;
  const [{ subject, what }, more] = [first, group.length - 1];
  const lines = group.map(({ line, baseLine }) => (baseLine === undefined ? `${line}` : `was ${baseLine}`));
  const place = { bump, side, wire, lines: shortened([...new Set(lines)], 2) };
  if (more === 0) return { ...place, text: `${subject}: ${what}. ${why}` };
  const isSame = group.every((one) => one.what === what && lastWord(one) === lastWord(first));
  if (isSame) return { ...place, text: `${subject}: ${what}, and the same at ${more} more ${more === 1 ? "place" : "places"}. ${why}` };
  return { ...place, text: `${subjects(group)}. ${why}` };
}

/** The key that changed: `enum`, `409`. */
function lastWord({ subject }: Change): string {
  return subject.split(" › ").at(-1) ?? subject;
}

/** Components of one kind by their names, else each by its component and its key. */
function subjects(group: readonly Change[]): string {
  const words = group.map(({ subject }) => subject.split(" › "));
  const [[kind = ""] = []] = words;
  const names = [...new Set(words.map(([, name = ""]) => name))];
  if (names.length > 1 && words.every(([first]) => first === kind)) return `${kind}: ${shortened(names, 4)}`;
  return shortened(
    words.map((all) => (all.length <= 2 ? all.join(" › ") : `${all[0]} › ${all[1]} … ${all.at(-1)}`)),
    3,
  );
}

function shortened(texts: readonly string[], most: number): string {
  const more = texts.length - most;
  return more > 0 ? `${texts.slice(0, most).join(", ")} and ${more} more` : texts.join(", ");
}
