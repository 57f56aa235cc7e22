import { readClaimsChallenge } from "../http/claims-challenge.ts";
import { answeredIds, badAnswer, httpError, readHttpFailure } from "../http/http-failure.ts";
import { readOperation } from "../http/read-operation.ts";
import { undecidedStatuses } from "../http/retry.ts";
import type { RecordingStatusError } from "../model/errors.ts";
import { type HttpFailure, OperationFailedError } from "../model/http-errors.ts";
import type { RecordingOperation } from "../model/operation.ts";
import { redactJson } from "../util/redact.ts";
import type { Attempt } from "./attempt.ts";
import type { Services } from "./services.ts";

/** What an attempt came to. */
export type Verdict =
  | {
      readonly operation: RecordingOperation;
      readonly error?: undefined;
      readonly failure?: undefined;
      readonly claims?: undefined;
      readonly undecided: false;
    }
  | {
      readonly operation?: undefined;
      readonly error: RecordingStatusError;
      /** Set when Graph answered with an HTTP status that is not 2xx. */
      readonly failure?: HttpFailure | undefined;
      /** Claims that the next token must carry. */
      readonly claims?: string | undefined;
      /** Whether the request may still arrive. */
      readonly undecided: boolean;
    };

/** A verdict that is no success. */
export type Failed = Extract<Verdict, { readonly error: RecordingStatusError }>;

/** Decides what an attempt came to. Success is a 2xx answer with an operation that did not fail; everything else is an error. */
export function verdictOf(attempt: Attempt, { settings, runtime }: Services): Verdict {
  const { answer, error, redact } = attempt;
  if (answer === undefined) return { error, undecided: true };
  if (!answer.ok) {
    const failure = readHttpFailure(answer, attempt, runtime.now(), redact);
    const claims = answer.status === 401 ? readClaimsChallenge(answer.headers) : undefined;
    return { error: httpError(failure), failure, claims, undecided: undecidedStatuses.has(answer.status) };
  }
  const read = readOperation(answer, settings.endpoint.origin, attempt.clientRequestId);
  if (read.problem !== undefined) return { error: badAnswer(read.problem, answer, attempt, redact), undecided: false };
  const { operation } = read;
  if (operation.status !== "failed") return { operation, undecided: false };
  return { error: operationFailed(operation, attempt, answeredIds(answer, attempt, redact)), undecided: false };
}

/** The error for an operation that ended as failed. */
export function operationFailed(
  operation: RecordingOperation,
  attempted: Pick<Attempt, "action" | "callId" | "clientRequestId" | "redact">,
  answered?: ReturnType<typeof answeredIds>,
) {
  const { code, subcode, message } = operation.resultInfo ?? {};
  const { action, callId, clientRequestId, redact } = attempted;
  const words = message === undefined || message === null ? "without a message" : redact(message);
  const why = `${code ?? "no code"}/${subcode ?? "no subcode"} ${words}`;
  return new OperationFailedError(`${action} failed: the operation ended with ${why}.${answered?.words ?? ""}`, {
    callId,
    clientRequestId,
    answeredClientRequestId: answered?.clientRequestId,
    operation: redactJson(operation, redact),
    hint: "Graph could not do it: do not record; if recording was announced before, report failed.",
  });
}
