import { BadInputError } from "../model/errors.ts";
import { type Bag, own } from "../util/own.ts";
import { longestDelayMs } from "../waiting/runtime.ts";

/** A duration in milliseconds, undefined when it is not given. @throws BAD_INPUT */
export function readDurationMs(options: Bag, name: string, action: string, least = 0): number | undefined {
  const value = own(options, name);
  if (value === undefined) return undefined;
  if (typeof value === "number" && value >= least && value <= longestDelayMs) return value;
  throw new BadInputError(`${action}: ${name} must be a number of milliseconds from ${least} to ${longestDelayMs}.`);
}
