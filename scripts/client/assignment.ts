import type { ExampleCase } from "./example-cases.ts";
import type { Read } from "./tracing.ts";

/** What the process that runs the client is given. */
export type Assignment = {
  /** Where the client's `src/` is, with a slash at the end. */
  readonly root: string;
  /** The files of `generated/`, by name, in the place of those on the disk. */
  readonly generated: Readonly<Record<string, string>>;
  readonly cases: readonly ExampleCase[];
};

/** What became of a case. */
export type CaseResult = {
  readonly reads: readonly Read[];
  readonly refusal?: { readonly code: string; readonly message: string };
};

/** What the process prints. */
export type ClientRun = {
  /** One for each case. */
  readonly results: readonly CaseResult[];
  /** The keywords of JSON Schema that the client enforces in what it sends. */
  readonly enforced: readonly string[];
};
