// What the client must make of an example: worked out here from the example alone, a second time and independently of src/.
import type { ResponseExample } from "./examples.ts";
import { readFromTheWire } from "./on-the-wire.ts";
import { isObject, type Json, type JsonObject, resolve, retryableStatuses } from "./spec.ts";

export type Outcome =
  | { readonly kind: "operation"; readonly title: string; readonly operation: JsonObject }
  | { readonly kind: "failed operation"; readonly title: string; readonly operation: JsonObject }
  | {
      readonly kind: "refusal";
      readonly title: string;
      readonly error: { readonly [name: string]: unknown };
      readonly hint: RegExp | undefined;
    };

/** Lower camel case, as the docs write them. */
const knownStatuses = ["notStarted", "running", "completed", "failed"];

/** What the hint for a communications code must tell to do; the hint for its HTTP status alone does not. */
export const hints: { readonly [commsCode: number]: RegExp } = {
  7500: /application token/i,
  7503: /calling/i,
  7504: /administrator/i,
  8506: /policy to a user/i,
  8522: /stop recording/i,
};

export function outcomeOf(example: ResponseExample): Outcome {
  if (example.code < 200 || example.code > 299) return refusalBy(example);
  const operation = operationIn(example);
  const { code, subcode } = resolve(operation.resultInfo);
  if (operation.status === "failed") return { kind: "failed operation", title: `OPERATION_FAILED ${code}/${subcode}`, operation };
  return { kind: "operation", title: String(operation.status), operation };
}

/** The fields that the client names, the status in lower camel case; the two headers that it keeps; and the whole example as `raw`. */
function operationIn({ value, headers }: ResponseExample): JsonObject {
  const body = resolve(value);
  const { status = null, clientContext = null, resultInfo = null } = inOurWords("CommsOperation", body);
  return {
    ...(body.id === undefined ? {} : { id: body.id }),
    status: readStatus(status),
    clientContext,
    resultInfo: isObject(resultInfo) ? { message: null, ...inOurWords("ResultInfo", resultInfo) } : null,
    raw: body,
    ...(headers.location === undefined ? {} : { location: headers.location }),
    ...(headers["request-id"] === undefined ? {} : { requestId: headers["request-id"] }),
  };
}

function readStatus(status: Json): Json {
  if (typeof status !== "string") return status;
  return knownStatuses.find((known) => known.toLowerCase() === status.toLowerCase()) ?? "unrecognized";
}

function inOurWords(schema: Parameters<typeof readFromTheWire>[0], body: JsonObject): JsonObject {
  return readFromTheWire(schema, body) as JsonObject;
}

function refusalBy({ code: status, value, headers }: ResponseExample): Outcome {
  const error = resolve(resolve(value).error);
  const { commsCode, message } = commsErrorIn(error);
  const code = status === 429 ? "THROTTLED" : "HTTP";
  return {
    kind: "refusal",
    title: `${code} ${commsCode ?? error.code}`,
    error: {
      code,
      status,
      graphCode: error.code,
      commsCode,
      graphMessage: message,
      requestId: headers["request-id"] ?? resolve(error.innerError)["request-id"],
      retryable: retryableStatuses.includes(status),
      excerpt: undefined,
    },
    hint: commsCode === undefined ? undefined : (hints[commsCode] ?? /./),
  };
}

/** Both forms: a number written as a string, or UnknownError with a JSON document as its message. */
function commsErrorIn(error: JsonObject): { commsCode: number | undefined; message: Json | undefined } {
  const { code, message } = error;
  if (/^\d+$/.test(String(code))) return { commsCode: Number(code), message };
  if (code !== "UnknownError") return { commsCode: undefined, message };
  const inner: Json = JSON.parse(String(message));
  return isObject(inner) ? { commsCode: Number(inner.errorCode), message: inner.message } : { commsCode: undefined, message };
}
