import { commsCodes } from "./comms-codes.ts";
import { BadAnswerError, HttpError, ThrottledError } from "./errors.ts";
import type { Answer } from "./exchange.ts";
import { readGraphError } from "./graph-error.ts";

/** What was tried: for the message and for support cases. */
export type Attempted = { readonly action: string; readonly callId: string; readonly clientRequestId: string };

const excerptLength = 300;
const retryableStatuses: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Hints by HTTP status, for answers whose code says no more. */
const statusHints: { readonly [status: number]: string } = {
  400: "Graph refuses the request as malformed: compare it with the documentation of updateRecordingStatus.",
  401: "Graph refuses the token: check the credential, its tenant, and that the cloud is the tenant's own.",
  403: "Check that the application permission is consented in the tenant of the call, and that a recording policy invited the bot.",
  404: "The call is over or its id is wrong: it must be the id of the call, not of the meeting, chat or participant.",
  429: "Graph is throttling: wait as long as retryAfterMs says, else back off.",
};

/** The error for an answer that is not 2xx. Success is decided by the status alone. */
export function httpFailure(answer: Answer, { action, callId, clientRequestId }: Attempted): HttpError | ThrottledError {
  const { status, headers, body } = answer;
  const graph = readGraphError(body);
  const known = graph?.commsCode === undefined ? undefined : commsCodes[graph.commsCode];
  const detail = [String(status), graph?.commsCode ?? graph?.graphCode, graph?.graphMessage].filter((part) => part !== undefined).join(" ");
  const failure = {
    ...graph,
    status,
    callId,
    clientRequestId,
    requestId: headers.get("request-id") ?? graph?.requestId,
    date: headers.get("date") ?? graph?.date,
    excerpt: graph === undefined ? excerptOf(body) : undefined,
    retryable: retryableStatuses.has(status),
    hint: known === undefined ? (redirectHint(status) ?? statusHints[status]) : `${known.meaning} ${known.fix}`,
  };
  const message = `${action} failed: ${detail.endsWith(".") ? detail : `${detail}.`}`;
  return status === 429 ? new ThrottledError(message, failure) : new HttpError(message, failure);
}

function redirectHint(status: number): string | undefined {
  if (status < 300 || status > 399) return undefined;
  return "Redirects are not followed, because the token must not leave the configured origin: correct baseUrl or remove the proxy.";
}

/** The error for a 2xx answer that is no operation. */
export function badAnswer(problem: string, answer: Answer, { action, callId, clientRequestId }: Attempted): BadAnswerError {
  return new BadAnswerError(`${action} was answered with ${answer.status}, but ${problem}.`, {
    status: answer.status,
    callId,
    clientRequestId,
    requestId: answer.headers.get("request-id") ?? undefined,
    excerpt: excerptOf(answer.body),
    hint: "Whether the status took effect is unknown: do not record. Something between the bot and Graph may have answered in Graph's place.",
  });
}

function excerptOf(body: string): string | undefined {
  if (body === "") return undefined;
  return body.length <= excerptLength ? body : `${body.slice(0, excerptLength - 1)}…`;
}
