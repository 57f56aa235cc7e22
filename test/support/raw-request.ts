import { token } from "./connect.ts";
import type { Json, JsonObject } from "./spec.ts";

export type RawRequest = {
  readonly method: string;
  readonly path: string;
  /** The body's text. */
  readonly body?: string | undefined;
  /** Added to a token and application/json; null takes one of these away. */
  readonly headers?: { readonly [name: string]: string | null };
};

export type RawAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** What Prism objects to, as `request.body.status: enum`: place and rule. Its answer's body does not say it. */
  readonly violations: readonly string[];
};

/** Longest wait for an answer. Prism never answers a body that is malformed JSON, so no request may go without a limit. */
export const answerLimitMs = 3_000;

/** Sends what no client would send, straight to a server. */
export async function send(root: string, { method, path, body, headers = {} }: RawRequest, limitMs = answerLimitMs): Promise<RawAnswer> {
  const all = Object.entries({ authorization: `Bearer ${token}`, "content-type": "application/json", ...headers });
  const response = await fetch(root + path, {
    method,
    headers: Object.fromEntries(all.filter((entry): entry is [string, string] => entry[1] !== null)),
    redirect: "manual",
    signal: AbortSignal.timeout(limitMs),
    ...(body === undefined ? {} : { body }),
  });
  const violations = readViolations(response.headers.get("sl-violations"));
  return { status: response.status, headers: response.headers, text: await response.text(), violations };
}

function readViolations(header: string | null): string[] {
  const found = header === null ? [] : (JSON.parse(header) as { location: string[]; code?: Json; message: string }[]);
  return found.map(({ location, code, message }) => `${location.join(".")}: ${code ?? shorten(message)}`);
}

/** A wrong media type in an answer has no code. */
function shorten(message: string): string {
  return message.includes("media type") ? "media type" : message;
}

export function parseObject(text: string): JsonObject {
  return JSON.parse(text) as JsonObject;
}
