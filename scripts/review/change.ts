/** Whom a change can break, or else concerns: the caller of the client, the answers of the service, or both. */
export type Side = "caller" | "service" | "both";
/** What Semantic Versioning asks for: something breaks, something is new, or neither. */
export type Bump = "major" | "minor" | "patch";
/** Whether requests, answers or notifications may be others than before: in what they hold, where they go, with which token, or whether at all. */
export type Wire = "yes" | "no" | "maybe";

/** What one change means. It is judged once: the sentence, the version and the rest come from the same judgement. */
export type Meaning = {
  readonly side: Side;
  readonly bump: Bump;
  readonly wire: Wire;
  /** What it means for whom: a sentence or two. */
  readonly why: string;
};

export type Change = Meaning & {
  /** A JSON pointer into the spec; of what was removed, into the base. */
  readonly path: string;
  /** The path in words, such as `schemas › ReportableStatus › enum`. */
  readonly subject: string;
  /** What was done there, such as `256 → 512`. */
  readonly what: string;
  /** In the spec; of what was removed, what held it. */
  readonly line: number;
  /** Of what was removed: its line in the base. */
  readonly baseLine?: number;
};

const bumps: readonly Bump[] = ["patch", "minor", "major"];

export function higher(a: Bump, b: Bump): Bump {
  return bumps.indexOf(a) >= bumps.indexOf(b) ? a : b;
}

export function highest(all: readonly Bump[]): Bump | "none" {
  return all.length === 0 ? "none" : all.reduce(higher);
}

export function together(a: Side, b: Side): Side {
  return a === b ? a : "both";
}

/** What happens on the wire by any of two is what happens. */
export function eitherWire(a: Wire, b: Wire): Wire {
  if (a === "yes" || b === "yes") return "yes";
  return a === "maybe" || b === "maybe" ? "maybe" : "no";
}
