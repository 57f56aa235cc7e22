import { BadInputError } from "../model/errors.ts";
import { given, isArguments, isPlain, isThenable } from "../util/kind-of.ts";
import { describeUnknown } from "../util/nearest-name.ts";
import { type Bag, own } from "../util/own.ts";
import { longestDelayMs } from "../waiting/runtime.ts";

/** Makes the error for an argument, in the name of the call that was made. */
export type Refuse = (problem: string) => BadInputError;

/** Reads the value of one option, which is undefined where it is left out. @throws what `refuse` makes */
export type Read<T> = (value: unknown, name: string, refuse: Refuse) => T;

/** A union of options has the names of all its members. */
type NamesOf<O> = O extends unknown ? keyof O & string : never;

/** How each option of `O` is read. For `satisfies`: a name that is forgotten, or one too many, is a compile error. */
export type Readers<O> = { readonly [N in NamesOf<O>]: Read<unknown> };
type Values<R> = { readonly [N in keyof R]: R[N] extends Read<infer T> ? T : never };

/** Makes the errors of one call. */
export function refuseFor(action: string, callId?: string): Refuse {
  return (problem) => new BadInputError(`${action}: ${problem}`, { callId });
}

/**
 * Reads options, each once. A plain object may have no other names, not even one whose value is undefined: a typo shows on the first run.
 * What is made by a class may carry more; symbols and what cannot be enumerated are nobody's options.
 * @throws BAD_INPUT
 */
export function readOptions<R extends { readonly [name: string]: Read<unknown> }>(
  options: Bag,
  readers: R,
  refuse: Refuse,
  prefix = "",
): Values<R> {
  const known = Object.keys(readers);
  const unknown = isPlain(options) ? Object.keys(options).find((name) => !known.includes(name)) : undefined;
  if (unknown !== undefined) throw refuse(`unknown option ${describeUnknown(unknown, known, prefix)}`);
  const entries = Object.entries(readers).map(([name, read]) => [name, read(own(options, name), prefix + name, refuse)]);
  return Object.fromEntries(entries) as Values<R>;
}

/** An argument that must be an object, its kind told when it is none. @throws BAD_INPUT */
export function readObject(value: unknown, what: string, refuse: Refuse): Bag {
  // A signal of a polyfill is an instance of a class like any other, and easily put in the place of `{ signal }`.
  if (!isArguments(value) || isSignal(value)) throw refuse(`${what}; ${given(value)}`);
  return value;
}

/** A duration in milliseconds. */
export function asDurationMs(least: number): Read<number | undefined> {
  return (value, name, refuse) => {
    if (value === undefined || (typeof value === "number" && value >= least && value <= longestDelayMs)) return value;
    throw refuse(`${name} must be a number of milliseconds from ${least} to ${longestDelayMs}; ${given(value)}`);
  };
}

export function asCount(least: number): Read<number | undefined> {
  return (value, name, refuse) => {
    if (value === undefined || (typeof value === "number" && Number.isSafeInteger(value) && value >= least)) return value;
    throw refuse(`${name} must be a whole number of at least ${least}; ${given(value)}`);
  };
}

export const asString: Read<string | undefined> = (value, name, refuse) => {
  if (value === undefined || typeof value === "string") return value;
  throw refuse(`${name} must be a string; ${given(value)}`);
};

export const asNonEmptyString: Read<string | undefined> = (value, name, refuse) => {
  if (value === undefined || (typeof value === "string" && value !== "")) return value;
  throw refuse(`${name} must be a non-empty string; ${value === "" ? "an empty one was given." : given(value)}`);
};

export const asBoolean: Read<boolean | undefined> = (value, name, refuse) => {
  if (value === undefined || typeof value === "boolean") return value;
  throw refuse(`${name} must be true or false; ${given(value)}`);
};

/** A function of the caller's; what it takes and gives cannot be looked at. */
export function asFunction<F>(): Read<F | undefined> {
  return (value, name, refuse) => {
    if (value === undefined || typeof value === "function") return value as F | undefined;
    throw refuse(`${name} must be a function; ${given(value)}`);
  };
}

/** `aborted` and `addEventListener` are all that the client needs of a signal: polyfills lack the rest. */
export const asSignal: Read<AbortSignal | undefined> = (value, name, refuse) => {
  if (value === undefined || isSignal(value)) return value;
  const { signal } = (isThenable(value) || value === null ? {} : value) as { signal?: unknown };
  throw refuse(`${name} must be an AbortSignal; ${isSignal(signal) ? "an AbortController was given: pass its .signal." : given(value)}`);
};

function isSignal(value: unknown): value is AbortSignal {
  if (typeof value !== "object" || value === null) return false;
  const { aborted, addEventListener } = value as Partial<AbortSignal>;
  return typeof aborted === "boolean" && typeof addEventListener === "function";
}
