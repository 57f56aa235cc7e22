import { structuredPatch } from "diff";

const longest = 40;

/** How the committed report differs from a fresh one, as a message that ends in a short diff; undefined when they agree. */
export function staleReport(
  committed: ReadonlyMap<string, string>,
  fresh: ReadonlyMap<string, string>,
  place: string,
  fix: string,
): string | undefined {
  const names = [...new Set([...fresh.keys(), ...committed.keys()])].filter((name) => fresh.get(name) !== committed.get(name));
  if (names.length === 0) return undefined;
  const lines = names.flatMap((name) => [`--- ${place}${name}`, ...changedLines(committed.get(name) ?? "", fresh.get(name) ?? "")]);
  const rest = lines.length - longest;
  return [
    `${place} is stale (${names.join(", ")}): consumers would see other types. If that is what you mean, run: ${fix}`,
    ...lines.slice(0, longest),
    ...(rest > 0 ? [`… and ${rest} more lines.`] : []),
  ].join("\n");
}

function changedLines(before: string, after: string): string[] {
  const { hunks } = structuredPatch("", "", before, after, "", "", { context: 1 });
  return hunks.flatMap(({ newStart, lines }) => [`@@ line ${newStart} @@`, ...lines]);
}
