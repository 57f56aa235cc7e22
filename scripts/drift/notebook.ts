import type { Line } from "./model.ts";

/** One thing that the spec and the metadata say differently. `text` is its name in the reviewed list: it has no line in it. */
export type Difference = {
  /** What it is about: `commsOperation.status`. The text begins with it. */
  readonly at: string;
  readonly text: string;
  /** Where it is written, on the side that has it. */
  readonly spec?: Line | undefined;
  readonly metadata?: Line | undefined;
  /** Nothing more can be said about it: one side has nothing there, or something of another type. */
  readonly final?: true | undefined;
};

type Places = { readonly spec?: { readonly line: Line } | undefined; readonly metadata?: { readonly line: Line } | undefined };

/** Takes down what differs, each thing once: two paths of the spec may share a body. */
export function createNotebook() {
  const differences = new Map<string, Difference>();
  const compared = new Set<string>();
  const pairs = new Map<unknown, Set<unknown>>();
  const put = (at: string, says: string, { spec, metadata }: Places, final?: true) => {
    const text = `${at} ${says}`;
    if (!differences.has(text)) differences.set(text, { at, text, spec: spec?.line, metadata: metadata?.line, final });
  };
  return {
    /** Something that both sides have was compared. */
    compared: (at: string) => compared.add(at),
    /** Whether this pair was seen before: a derived type has the properties of its base, which are compared once. */
    seen: (spec: unknown, metadata: unknown) => {
      const known = pairs.get(spec) ?? new Set();
      pairs.set(spec, known);
      const before = known.has(metadata);
      known.add(metadata);
      return before;
    },
    put,
    only: (at: string, places: Places, because?: string) => {
      const side = places.spec === undefined ? "metadata" : "spec";
      put(at, `is in the ${side} only${because === undefined ? "" : `: ${because}`}`, places, true);
    },
    /** A word for each side's value: `is a string in the metadata, a number in the spec`. */
    values: (at: string, what: string, spec: string, metadata: string, places: Places, final?: true) => {
      if (spec !== metadata) put(at, `${what} ${metadata} in the metadata, ${spec} in the spec`, places, final);
    },
    /** What holds on one side and not on the other. */
    flag: (at: string, says: string, spec: boolean, metadata: boolean, places: Places) => {
      if (spec !== metadata) put(at, `${says} in the ${spec ? "spec" : "metadata"} only`, places);
    },
    result: () => ({ differences: [...differences.values()], compared: compared as ReadonlySet<string> }),
  };
}

export type Notebook = ReturnType<typeof createNotebook>;
