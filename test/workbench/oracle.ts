// What an edit does on the wire, by trying it: a JSON Schema validator decides on samples what was accepted before and what is accepted now.
// Nothing of scripts/review/ is used here: the judgement there is held against this one.
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { Json, JsonObject } from "../../scripts/spec/document.ts";
import { refPath, valueAt } from "../../scripts/spec/json.ts";
import { type Direction, isObject, type Position, readMessages } from "./oracle-atoms.ts";
import { paletteOf, samplesFrom } from "./oracle-samples.ts";

/** Witnesses: messages that were right and are wrong now, and the other way round. */
export type Seen = Readonly<Record<Direction, { readonly lost: readonly string[]; readonly gained: readonly string[] }>>;

type Validator = (value: Json) => boolean;
type Side = ReturnType<typeof readMessages> & {
  readonly closure: (position: Position) => string;
  readonly validator: (position: Position) => Validator;
};

export function createOracle(base: JsonObject): (revision: JsonObject) => Seen {
  const before = sideOf(base);
  const seeds = seedsOf(base);
  return (revision) => {
    const after = sideOf(revision);
    const seen = { sent: { lost: [] as string[], gained: [] as string[] }, received: { lost: [] as string[], gained: [] as string[] } };
    for (const [atom, direction] of before.atoms) if (!after.atoms.has(atom)) seen[direction].lost.push(atom);
    for (const [atom, direction] of after.atoms) if (!before.atoms.has(atom)) seen[direction].gained.push(atom);
    const palette = paletteOf([base, revision]);
    const told = new Set<string>();
    for (const [name, position] of before.positions) {
      const now = after.positions.get(name);
      const texts = [before.closure(position), now === undefined ? undefined : after.closure(now)];
      const pair = JSON.stringify([position.direction, ...texts]);
      if (now === undefined || texts[0] === texts[1] || told.has(pair)) continue;
      told.add(pair);
      const [accepted, accepts] = [before.validator(position), after.validator(now)];
      const all = seeds.filter((seed) => accepted(seed));
      const longest = all.toSorted((a, b) => JSON.stringify(b).length - JSON.stringify(a).length).slice(0, 1);
      const fitting = [...new Set([...all.slice(0, 1), ...all.slice(-1), ...longest])];
      for (const value of samplesFrom(
        [...fitting, ...fitting.flatMap((seed) => [smallest(seed, accepted), slim(seed, accepted)])],
        palette,
      )) {
        const [was, is] = [accepted(value), accepts(value)];
        if (was !== is) seen[position.direction][was ? "lost" : "gained"].push(`${name}: ${JSON.stringify(value).slice(0, 200)}`);
      }
    }
    return seen;
  };
}

function sideOf(document: JsonObject): Side {
  const { components = {}, paths = {}, webhooks = {} } = document;
  const [made, closures] = [new Map<string, Validator>(), new Map<string, string>()];
  let ajv: Ajv2020 | undefined;
  const compiled = (pointer: string) => {
    // Not before a schema differs: most edits are of other things.
    if (ajv === undefined) {
      ajv = new Ajv2020({ strict: false, logger: false });
      // The package is written for CommonJS.
      (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
      ajv.addSchema({ components, paths, webhooks, $id: "doc:" }, "doc:");
    }
    return ajv.compile({ $ref: `doc:${encodeURI(pointer)}` }) as Validator;
  };
  return {
    ...readMessages(document),
    closure: ({ pointer = "" }) => kept(closures, pointer, () => closure(document, pointer)),
    validator: ({ pointer }) => (pointer === undefined ? () => true : kept(made, pointer, () => compiled(pointer))),
  };
}

function kept<T>(all: Map<string, T>, key: string, make: () => T): T {
  const known = all.get(key) ?? make();
  all.set(key, known);
  return known;
}

/** A schema with all that it refers to, as one text. */
function closure(document: JsonObject, pointer: string, seen: ReadonlySet<string> = new Set()): string {
  if (seen.has(pointer) || pointer === "") return pointer;
  const text = JSON.stringify(valueAt(document, refPath(pointer))) ?? "";
  return text.replaceAll(/"\$ref":"(#[^"]+)"/g, (_, ref: string) => closure(document, ref, new Set([...seen, pointer])));
}

/** A value without all that it can do without. */
function smallest(value: Json, accepted: Validator): Json {
  if (Array.isArray(value) && value[0] !== undefined) return [smallest(value[0], (first) => accepted([first]))];
  if (!isObject(value)) return value;
  let left: JsonObject = value;
  for (const [name, inner] of Object.entries(value)) {
    const { [name]: _, ...rest } = left;
    const whole = left;
    left = accepted(rest) ? rest : { ...left, [name]: smallest(inner, (one) => accepted({ ...whole, [name]: one })) };
  }
  return left;
}

/** A value whose every part is without what it can do without. */
function slim(value: Json, accepted: Validator): Json {
  if (Array.isArray(value)) return value.slice(0, 1).map((first) => slim(first, (one) => accepted([one])));
  if (!isObject(value)) return value;
  const parts = Object.entries(value).map(([name, inner]): [string, Json] => {
    const fits = (one: Json) => accepted({ ...value, [name]: one });
    return [
      name,
      isObject(inner) && !Object.values(inner).some((one) => typeof one === "object" && one !== null)
        ? smallest(inner, fits)
        : slim(inner, fits),
    ];
  });
  return Object.fromEntries(parts);
}

/** Every example of the document, and requests: a position takes those that fit it. */
function seedsOf(document: JsonObject): Json[] {
  const examples =
    isObject(document.components) && isObject(document.components.examples) ? Object.values(document.components.examples) : [];
  const requests: Json[] = [
    { status: "recording", clientContext: "zzz" },
    { status: "failed" },
    { status: "recording", clientContext: null },
  ];
  return [...requests, ...examples.flatMap((one) => (isObject(one) && one.value !== undefined ? [one.value] : []))];
}
