import { inspect } from "node:util";
import * as library from "teams-recording-status";
import { type AnyRecordingStatusError, isRecordingStatusError } from "teams-recording-status";
import { expect } from "vitest";
import { token } from "./connect.ts";

/** The exported class that belongs to each code, by name: THROTTLED → ThrottledError. */
function classOf(code: string): unknown {
  const words = code.split("_").map((word) => word.charAt(0) + word.slice(1).toLowerCase());
  return Object.entries(library).find(([name]) => name === `${words.join("")}Error`)?.[1];
}

/** The error that a promise rejects with; it must be one of the library's, of the class that its code names, and hold no token. */
export async function refusalOf(promise: Promise<unknown>): Promise<AnyRecordingStatusError> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ("value" in outcome) throw new Error(`It was to be refused, but was accepted: ${inspect(outcome.value)}`);
  return checkRefusal(outcome.error);
}

/** The error that a function throws, checked in the same way. */
export function thrownBy(action: () => unknown): AnyRecordingStatusError {
  try {
    action();
  } catch (error) {
    return checkRefusal(error);
  }
  throw new Error("It was to be refused, but was accepted.");
}

function checkRefusal(error: unknown): AnyRecordingStatusError {
  if (!isRecordingStatusError(error)) throw new Error("It was refused with an error that is not the library's.", { cause: error });
  const { code } = error;
  const known = classOf(code);
  expect(known, `the exported class for ${code}`).toBeTypeOf("function");
  expect(error, `the class for ${code}`).toBeInstanceOf(known);
  expect(inspect(error, { depth: 10, showHidden: true }), "an error holds no token").not.toContain(token);
  return error;
}
