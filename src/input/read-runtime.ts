import { given } from "../util/kind-of.ts";
import { type Bag, isBag, own } from "../util/own.ts";
import { type ClientRuntime, completeRuntime } from "../waiting/runtime.ts";
import { type Refuse, refuseFor } from "./read.ts";

const names = ["now", "monotonicNow", "schedule", "random", "randomUUID"] as const satisfies readonly (keyof ClientRuntime)[];

/**
 * Reads the last argument of `createRecordingClient` and of what else is tried with a clock. A clock has more than a runtime needs, so other names are let pass; but what has none of
 * them is something else, such as the fake in place of its clock, and time would be real without a word.
 * @throws BAD_INPUT
 */
export function readRuntime(runtime: unknown, refuse = refuseFor("createRecordingClient"), place = "second"): ClientRuntime {
  const wanted = `the ${place} argument is for tests, and must be a runtime such as fake.clock`;
  if (!isBag(runtime)) throw refuse(`${wanted}; ${given(runtime)}`);
  const found = names.flatMap((name) => (own(runtime, name) === undefined ? [] : [[name, read(runtime, name, refuse, place)] as const]));
  if (found.length === 0 && Object.keys(runtime).length > 0) {
    throw refuse(`${wanted}; it has none of ${names.join(", ")}${"clock" in runtime ? ": pass its clock" : ""}.`);
  }
  return completeRuntime(Object.fromEntries(found) as Partial<ClientRuntime>);
}

function read(runtime: Bag, name: (typeof names)[number], refuse: Refuse, place: string): unknown {
  const value = own(runtime, name);
  if (typeof value !== "function") throw refuse(`${name} of the ${place} argument must be a function; ${given(value)}`);
  return value.bind(runtime);
}
