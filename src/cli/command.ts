import type { Invocation } from "./invocation.ts";
import type { Options, Values } from "./options.ts";

/** One command of the program. */
export type Command = {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** What it does, for its own help: one text for each paragraph. */
  readonly about: readonly string[];
  readonly options: Options;
  /** It runs until Ctrl-C, which is no failure then. */
  readonly isServer?: true;
  /** What its exit codes mean, besides those that are the same for all. */
  readonly exits: { readonly [code: number]: string };
  readonly examples: readonly string[];
  /** Resolves with the exit code. @throws {UsageError}, errors of the library */
  run(invocation: Invocation, values: Values): Promise<number>;
};
