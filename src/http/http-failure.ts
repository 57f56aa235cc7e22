import { commsCodes } from "../model/comms-codes.ts";
import { BadAnswerError, HttpError, type HttpFailure, ThrottledError } from "../model/http-errors.ts";
import type { Redact } from "../util/redact.ts";
import type { RetryableStatus } from "../wire.ts";
import type { Answer, AnswerHeaders } from "./answer.ts";
import { readClaimsChallenge } from "./claims-challenge.ts";
import { readGraphError } from "./graph-error.ts";
import { retryAfterMs, retryableStatuses } from "./retry.ts";

/** What was tried: for the message and for support cases. */
export type Attempted = { readonly action: string; readonly callId: string; readonly clientRequestId: string };

const excerptLength = 300;

/** What to do after an answer that a later attempt may change and whose code says no more, for each such status of the spec. */
type RetryHints = { readonly [status in RetryableStatus]: string };
const retryHints: RetryHints = {
  429: "Graph is throttling: report fewer statuses at once, or allow more time by deadlineMs.",
  502: "A server on the way to Graph failed: report again.",
  503: "The service is busy or down: report again later.",
  504: "A server on the way to Graph gave up waiting: report again.",
};

/** Hints by HTTP status, for answers whose code says no more. */
const statusHints: { readonly [status: number]: string } = {
  400: "Graph refuses the request as malformed: compare it with the documentation of updateRecordingStatus.",
  401: "Graph refuses the token: check the credential, its tenant, and that the cloud is the tenant's own.",
  403: "Check that the application permission is consented in the tenant of the call, and that a recording policy invited the bot.",
  404: "The call is over or its id is wrong: it must be the id of the call, not of the meeting, chat or participant.",
  408: "The service gave up waiting for the request: report again, and check the connection if it stays so.",
  409: "Graph sees a conflict with the call's present state: read the message, then report again if it still applies.",
  500: "The service failed: report again, and quote request-id and date to Microsoft support if it stays so.",
  ...retryHints,
};

/** What an answer that is not 2xx says. Success is decided by the status alone. Every text in it is free of the token. */
export function readHttpFailure(answer: Answer, attempted: Attempted, now: number, redact: Redact): HttpFailure {
  const { status, headers, body } = answer;
  const graph = readGraphError(body, redact);
  const known = graph?.commsCode === undefined ? undefined : commsCodes[graph.commsCode];
  const detail = [status, graph?.commsCode ?? graph?.graphCode, graph?.graphMessage].filter((part) => part !== undefined).join(" ");
  const answered = answeredIds(answer, attempted, redact, graph?.answeredClientRequestId);
  return {
    ...graph,
    message: `${attempted.action} failed: ${detail.endsWith(".") ? detail : `${detail}.`}${answered.words}`,
    status,
    callId: attempted.callId,
    clientRequestId: attempted.clientRequestId,
    requestId: headerText(headers, "request-id", redact) ?? graph?.requestId,
    answeredClientRequestId: answered.clientRequestId,
    date: headerText(headers, "date", redact) ?? graph?.date,
    excerpt: graph === undefined ? excerptOf(body, redact) : undefined,
    retryAfterMs: retryAfterMs(headers, now),
    retryable: retryableStatuses.has(status),
    hint: known === undefined ? hintFor(answer) : `${known.meaning} ${known.fix}`,
  };
}

function hintFor({ status, headers }: Answer): string | undefined {
  if (status >= 300 && status <= 399) {
    return "Redirects are not followed, because the token must not leave the configured origin: correct baseUrl or remove the proxy.";
  }
  if (status === 401 && readClaimsChallenge(headers) !== undefined) {
    return "Graph refuses the token even with the claims that it asked for: a conditional access policy blocks the application.";
  }
  return statusHints[status];
}

/** The error for a failure that ends the call. */
export function httpError(failure: HttpFailure): HttpError | ThrottledError {
  return failure.status === 429 ? new ThrottledError(failure) : new HttpError(failure);
}

/** The error for a 2xx answer that is no operation. */
export function badAnswer(problem: string, answer: Answer, attempted: Attempted, redact: Redact): BadAnswerError {
  const answered = answeredIds(answer, attempted, redact);
  return new BadAnswerError(`${attempted.action} was answered with ${answer.status}, but ${problem}.${answered.words}`, {
    status: answer.status,
    callId: attempted.callId,
    clientRequestId: attempted.clientRequestId,
    requestId: headerText(answer.headers, "request-id", redact),
    answeredClientRequestId: answered.clientRequestId,
    excerpt: excerptOf(answer.body, redact),
    hint: "Something between the bot and Graph may have answered in Graph's place: check baseUrl, and the proxies on the way.",
  });
}

/** Graph repeats the `client-request-id`. One that differs says that the answer belongs to another request. */
export function answeredIds({ headers }: Answer, { clientRequestId: sent }: Attempted, redact: Redact, inBody?: string) {
  const clientRequestId = headerText(headers, "client-request-id", redact) ?? inBody;
  if (clientRequestId === undefined || clientRequestId.toLowerCase() === sent.toLowerCase())
    return { words: "", clientRequestId: undefined };
  return { words: ` It was sent with client-request-id ${sent}, and answered with ${clientRequestId}.`, clientRequestId };
}

function headerText(headers: AnswerHeaders, name: string, redact: Redact): string | undefined {
  const value = headers.get(name);
  return value === null ? undefined : redact(value);
}

function excerptOf(body: string, redact: Redact): string | undefined {
  return body === "" ? undefined : redact(body, excerptLength);
}
