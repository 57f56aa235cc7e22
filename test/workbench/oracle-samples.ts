// Values to try on two schemas: what stands in the examples, changed in every place in many ways. It knows nothing of what the edit was.
import type { Json, JsonObject } from "../../scripts/spec/document.ts";
import { isObject } from "./oracle-atoms.ts";

/** What documents of this kind can tell apart: their limits and one beside them, their members, their names. */
export type Palette = { readonly scalars: readonly Json[]; readonly names: readonly string[] };

export function paletteOf(documents: readonly JsonObject[]): Palette {
  const [numbers, texts, names] = [
    new Set<number>([-1, 0, 1, 2, 1.5, 2 ** 40]),
    new Set<string>(["", "a", "zzz", "ZZZ9"]),
    new Set<string>(),
  ];
  const visit = (node: Json, key: string): void => {
    if (typeof node === "number" && Math.abs(node) < 1000) for (const near of [-1, 0, 1]) numbers.add(node + near);
    if (typeof node === "string" && key === "const") texts.add(node);
    if (Array.isArray(node)) {
      if (key === "enum") for (const member of node) if (typeof member === "string") texts.add(member);
      for (const member of node) visit(member, "");
    }
    if (!isObject(node)) return;
    if (key === "properties") for (const name of Object.keys(node)) names.add(name);
    for (const [name, value] of Object.entries(node))
      visit(value, key === "properties" || ["examples", "example"].includes(name) ? "" : name);
  };
  for (const { components, paths, webhooks } of documents)
    visit([{ ...(components as JsonObject), examples: {} }, paths ?? {}, webhooks ?? {}], "");
  for (const length of numbers) if (length > 1 && length < 600) texts.add("x".repeat(length));
  for (const text of ["57dab8b1-894c-409a-b240-bd8beae78896", "https://a.example/b", ".", "10", "2026-11-23T18:00:00Z"]) texts.add(text);
  return {
    scalars: [null, true, [], {}, ["zzz"], ["zzz", "zzz"], [1, 2, 3, 4], { zzz: 1 }, ...numbers, ...texts],
    names: [...names, "zzz"],
  };
}

/** Each value, and each value with one place of it changed. */
export function samplesFrom(seeds: readonly Json[], palette: Palette): Json[] {
  const all = new Map<string, Json>();
  const add = (value: Json) => void all.set(JSON.stringify(value), value);
  for (const scalar of palette.scalars) add(scalar);
  for (const seed of seeds) {
    add(seed);
    changed(seed, palette, 0).forEach(add);
  }
  return [...all.values()];
}

function changed(value: Json, palette: Palette, depth: number): Json[] {
  const others: Json[] = depth === 0 ? [] : [...palette.scalars];
  if (Array.isArray(value)) {
    others.push([], [...value, ...value], [...value, "zzz"]);
    const [first] = value;
    if (first !== undefined) others.push(...changed(first, palette, depth + 1).map((one) => [one, ...value.slice(1)]));
  }
  if (!isObject(value) || depth > 5) return others;
  for (const [name, inner] of Object.entries(value)) {
    const { [name]: _, ...rest } = value;
    others.push(rest, ...changed(inner, palette, depth + 1).map((one) => ({ ...value, [name]: one })));
  }
  const more = palette.names.filter((name) => !Object.hasOwn(value, name));
  for (const name of more) for (const one of [null, 1, "zzz", {}, true]) others.push({ ...value, [name]: one });
  others.push(
    {},
    ...(more.length > 2
      ? [Object.fromEntries([...Object.entries(value), ...more.slice(0, 12).map((name): [string, Json] => [name, "zzz"])])]
      : []),
  );
  return others;
}
