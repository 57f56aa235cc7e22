/** Whom a change can break, or else concerns: the caller of the client, the answers of the service, or both. */
export type Side = "caller" | "service" | "both";
/** What Semantic Versioning asks for: something breaks, something is new, or neither. */
export type Bump = "major" | "minor" | "patch";

export type Change = {
  /** A JSON pointer into the spec. */
  readonly path: string;
  readonly side: Side;
  readonly bump: Bump;
  /** One line for a reviewer. */
  readonly message: string;
  /** In the spec; of what was removed, in the base. */
  readonly line?: number;
};

/** `why` tells what it means for whom. */
export type Verdict = { readonly side: Side; readonly bump: Bump; readonly why: string };

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
