import { given } from "../util/kind-of.ts";
import { type Bag, isBag, own } from "../util/own.ts";
import { type ClientRuntime, completeRuntime } from "../waiting/runtime.ts";
import { refuseFor } from "./read.ts";

const names = ["now", "monotonicNow", "schedule", "random", "randomUUID"] as const satisfies readonly (keyof ClientRuntime)[];
const refuse = refuseFor("createRecordingClient");

/**
 * Reads the second argument of `createRecordingClient`. A clock has more than a runtime needs, so other names are let pass; but what has none of
 * them is something else, such as the fake in place of its clock, and time would be real without a word.
 * @throws BAD_INPUT
 */
export function readRuntime(runtime: unknown): ClientRuntime {
  const wanted = "the second argument is for tests, and must be a runtime such as fake.clock";
  if (!isBag(runtime)) throw refuse(`${wanted}; ${given(runtime)}`);
  const found = names.flatMap((name) => (own(runtime, name) === undefined ? [] : [[name, read(runtime, name)] as const]));
  if (found.length === 0 && Object.keys(runtime).length > 0) {
    throw refuse(`${wanted}; it has none of ${names.join(", ")}${"clock" in runtime ? ": pass its clock" : ""}.`);
  }
  return completeRuntime(Object.fromEntries(found) as Partial<ClientRuntime>);
}

function read(runtime: Bag, name: (typeof names)[number]): unknown {
  const value = own(runtime, name);
  if (typeof value !== "function") throw refuse(`${name} of the second argument must be a function; ${given(value)}`);
  return value.bind(runtime);
}
