import { parseJson } from "../util/json.ts";
import { isBag } from "../util/own.ts";
import type { Redact } from "../util/redact.ts";

/** What the body of an error answer says. */
export type GraphError = {
  readonly graphCode?: string | undefined;
  readonly graphMessage?: string | undefined;
  readonly commsCode?: number | undefined;
  readonly requestId?: string | undefined;
  readonly answeredClientRequestId?: string | undefined;
  readonly date?: string | undefined;
};

/**
 * Reads Graph's error envelope, undefined when the body is none. Communications services put their own code in it in one of two forms:
 * `code` is the number as a string, or `code` is "UnknownError" and `message` is a JSON document with an `errorCode`.
 * @see https://learn.microsoft.com/graph/errors, microsoft-graph-comms-samples#444, microsoft-graph-docs#10845
 */
export function readGraphError(body: string, redact: Redact): GraphError | undefined {
  const clean = (text: string | undefined) => (text === undefined ? undefined : redact(text));
  const parsed = parseJson(body);
  const error = isBag(parsed) ? parsed.error : undefined;
  if (!isBag(error)) return undefined;
  const message = textOf(error.message);
  const nested = message?.startsWith("{") ? parseJson(message) : undefined;
  const nestedCode = isBag(nested) ? toCommsCode(nested.errorCode) : undefined;
  // The docs spell both.
  const inner = error.innerError ?? error.innererror;
  const details = isBag(inner) ? inner : {};
  return {
    graphCode: clean(textOf(error.code)),
    graphMessage: clean(nestedCode === undefined ? message : (textOf((nested as { message?: unknown }).message) ?? message)),
    commsCode: toCommsCode(error.code) ?? nestedCode,
    requestId: clean(textOf(details["request-id"])),
    answeredClientRequestId: clean(textOf(details["client-request-id"])),
    date: clean(textOf(details.date)),
  };
}

function textOf(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function toCommsCode(value: unknown): number | undefined {
  const text = textOf(value);
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}
