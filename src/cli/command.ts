import type { Invocation } from "./invocation.ts";
import type { Options, Values } from "./options.ts";

/** One command of the program. */
export type Command = {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** What it does, for its own help: lines of at most 100 characters. */
  readonly about: readonly string[];
  readonly options: Options;
  /** What its exit codes mean, besides 2 and 130, which are the same for all. */
  readonly exits: { readonly [code: number]: string };
  readonly examples: readonly string[];
  /** Resolves with the exit code. @throws {UsageError}, errors of the library */
  run(invocation: Invocation, values: Values): Promise<number>;
};
