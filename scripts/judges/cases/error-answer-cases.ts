// Answers of every other kind, good and bad. What Prism's validating proxy does not catch is said at the case.
import { responseFacts } from "../facts/facts-responses.ts";
import type { AnswerCase } from "./answer-case.ts";
import { jsonAnswer } from "./answer-case.ts";

const html = { "content-type": "text/html" };
/** As it is stated. */
const isRepeated = (response: string) => Object.hasOwn(responseFacts, `response ${response}: x-retryable`);

export const envelope = (code: string) => ({ error: { code, message: "Why." } });
const http = (status: number, more: object) => ({ code: "HTTP", status, graphCode: undefined, excerpt: undefined, ...more });
const pattern = "response.header.retry-after: pattern";

export const withoutEnvelope: readonly AnswerCase[] = [
  {
    what: "an object without error",
    answer: jsonAnswer(500, { oops: true }),
    proxy: "response.body: required",
    client: http(500, { excerpt: '{"oops":true}', retryable: isRepeated("InternalServerError") }),
  },
  {
    what: "an error that is a string",
    answer: jsonAnswer(400, { error: "Why." }),
    proxy: "response.body.error: type",
    client: http(400, { excerpt: '{"error":"Why."}' }),
  },
  {
    what: "a page in HTML",
    answer: { status: 502, headers: html, body: "<h1>Bad Gateway</h1>" },
    proxy: "response: media type",
    client: http(502, { excerpt: "<h1>Bad Gateway</h1>", retryable: isRepeated("BadGateway") }),
  },
  {
    what: "an empty 503",
    answer: { status: 503 },
    proxy: "response: media type",
    client: http(503, { retryable: isRepeated("ServiceUnavailable") }),
  },
  {
    what: "JSON cut short",
    answer: { status: 500, headers: { "content-type": "application/json" }, body: '{"error":{"code":"Inte' },
    proxy: "FetchError",
    client: http(500, { excerpt: '{"error":{"code":"Inte' }),
  },
  {
    what: "an object without error, in a status that is not in the spec",
    answer: jsonAnswer(418, {}),
    proxy: "response.body: required",
    client: http(418, { excerpt: "{}", retryable: false }),
  },
];

export const oddEnvelope: readonly AnswerCase[] = [
  {
    what: "an error without a code",
    answer: jsonAnswer(400, { error: { message: "Why." } }),
    proxy: "response.body.error: required",
    client: http(400, { graphMessage: "Why." }),
  },
  {
    what: "a code that is a number",
    answer: jsonAnswer(403, { error: { code: 8506, message: "Why." } }),
    proxy: "response.body.error.code: type",
    client: http(403, { graphCode: "8506", commsCode: 8506, hint: /policy to a user/ }),
  },
  {
    what: "an inner error in the other spelling of the documentation",
    answer: jsonAnswer(404, { error: { code: "8522", message: "Call not found.", innererror: { "request-id": "inner-1" } } }),
    proxy: "passes",
    client: http(404, { graphCode: "8522", commsCode: 8522, requestId: "inner-1" }),
  },
  // Judged by `default`: so a misspelt status passes, too.
  {
    what: "a status that is not in the spec",
    answer: jsonAnswer(418, envelope("Teapot")),
    proxy: "passes",
    client: http(418, { graphCode: "Teapot", graphMessage: "Why.", retryable: false }),
  },
];

export const badHeaders: readonly AnswerCase[] = [
  ...["soon", "-5", "1.5", "2026-11-23T18:00:00Z"].map((wait) => ({
    what: `a 429 with Retry-After: ${wait}`,
    answer: jsonAnswer(429, envelope("TooManyRequests"), { "retry-after": wait }),
    proxy: pattern,
    // A fraction is not what RFC 9110 allows, but it is clear what it means.
    client: {
      code: "THROTTLED",
      status: 429,
      graphCode: "TooManyRequests",
      retryable: true,
      retryAfterMs: wait === "1.5" ? 1_500 : undefined,
    },
  })),
  {
    what: "a 503 with Retry-After: soon",
    answer: jsonAnswer(503, envelope("ServiceUnavailable"), { "retry-after": "soon" }),
    proxy: pattern,
    client: http(503, { graphCode: "ServiceUnavailable", retryable: isRepeated("ServiceUnavailable") }),
  },
  // Not caught: the spec has no Retry-After at 500.
  {
    what: "a 500 with Retry-After: soon",
    answer: jsonAnswer(500, envelope("InternalServerError"), { "retry-after": "soon" }),
    proxy: "passes",
    client: http(500, { graphCode: "InternalServerError", retryable: isRepeated("InternalServerError") }),
  },
  {
    what: "a 401 without WWW-Authenticate",
    answer: jsonAnswer(401, envelope("InvalidAuthenticationToken")),
    proxy: "response.header: required",
    client: http(401, { graphCode: "InvalidAuthenticationToken", retryable: false }),
  },
];
