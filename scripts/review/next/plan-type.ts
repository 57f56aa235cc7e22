import type { Paste } from "./paste.ts";

export const kinds = ["facts", "types", "differences", "src", "docs", "changelog"] as const;
export type Kind = (typeof kinds)[number];

/** What stands between an edit and a green `npm test`, and can be written down. */
export type Plan = {
  readonly pastes: Readonly<Record<Kind, readonly Paste[]>>;
  /** The stated types cannot be worked out: they are to be written by hand. */
  readonly typesUnknown: boolean;
  /** What only a developer can add. */
  readonly developer: readonly string[];
  /** What is left for a person to name. */
  readonly todos: readonly string[];
};

export const noPlan: Plan = {
  pastes: { facts: [], types: [], differences: [], src: [], docs: [], changelog: [] },
  typesUnknown: false,
  developer: [],
  todos: [],
};
