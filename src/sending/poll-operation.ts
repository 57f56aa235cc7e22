import type { CallOptions, OperationInput } from "../input/call-input.ts";
import { callKey } from "../model/call-id.ts";
import { CredentialError, type RecordingStatusError } from "../model/errors.ts";
import { OperationFailedError } from "../model/http-errors.ts";
import type { RecordingOperation } from "../model/operation.ts";
import { createRedact } from "../util/redact.ts";
import type { Ending } from "../waiting/ending.ts";
import { sleep } from "../waiting/lifetime.ts";
import { makeAttempt, type Request } from "./attempt.ts";
import type { SentReport } from "./known-operation.ts";
import { recordAttempt } from "./record-attempt.ts";
import type { Services } from "./services.ts";
import type { Subject } from "./subject.ts";
import { operationFailed, type Verdict, verdictOf } from "./verdict.ts";

const firstPauseMs = 250;
const longestPauseMs = 5_000;
/** Refusals that do not change by waiting. A 404 is not among them: the operation may not be readable yet, or not any more. */
const hopelessStatuses: ReadonlySet<number> = new Set([400, 401, 403]);

/** One wait that is asked for. */
export type Wait = OperationInput & {
  readonly options: CallOptions;
  /** Ends it with CLOSED. */
  readonly cutOff: Ending;
  /** For messages: who waits. */
  readonly action: string;
  /** What was sent with the operation's report, where that is known and tells it from others. */
  readonly sentContext?: string | undefined;
};

type Polling = { readonly services: Services; readonly request: Request; readonly subject: Subject; polls: number };

type Poll = {
  /** The report that made the operation, where it was this client's. */
  readonly report: SentReport | undefined;
  readonly signal: AbortSignal;
  /** Is told of each poll that failed. */
  readonly onRefusal: (error: RecordingStatusError) => void;
};

/** Polls the operation while that may help. Undefined when it does not: there is nothing to poll, or Graph refuses. @throws OPERATION_FAILED */
export async function pollOperation(
  services: Services,
  wait: Wait,
  { report, signal, onRefusal }: Poll,
): Promise<RecordingOperation | undefined> {
  const { action, callId, operation, options } = wait;
  const { id, location } = operation;
  if (id === undefined) return undefined;
  const { tenantId } = options;
  const send: Request["send"] = (transport, init) => transport.getCallOperation({ callId, operationId: id }, init);
  const request: Request = { action, callId, tenantId, signal, send };
  const clientContext = report?.subject.clientContext ?? operation.clientContext ?? undefined;
  const subject = { callId, tenantId, operationId: id, status: undefined, clientContext };
  const asFinal = (read: RecordingOperation) => finalOf({ ...read, location }, wait);
  return pollUntilFinal({ services, request, subject, polls: 0 }, id, asFinal, onRefusal);
}

/** Undefined when a poll was refused in a way that does not change. `onFailure` is told of each poll that failed. */
async function pollUntilFinal(
  polling: Polling,
  id: string,
  asFinal: (operation: RecordingOperation) => RecordingOperation | undefined,
  onFailure: (error: RecordingStatusError) => void,
): Promise<RecordingOperation | undefined> {
  const { services, request } = polling;
  for (let askedMs = 0; ; ) {
    const waitMs = Math.max(askedMs, Math.min(longestPauseMs, firstPauseMs * 2 ** polling.polls));
    await sleep(services.runtime, waitMs, [request.signal]);
    const verdict = await look(polling, waitMs);
    request.signal.throwIfAborted();
    askedMs = verdict.failure?.retryAfterMs ?? 0;
    if (verdict.error === undefined) {
      const { operation } = verdict;
      // What another operation has come to says nothing of this one.
      const isSame = operation.id === undefined || callKey(operation.id) === callKey(id);
      const final = isSame ? asFinal(operation) : undefined;
      if (final !== undefined) return final;
      continue;
    }
    if (verdict.error instanceof OperationFailedError) throw verdict.error;
    onFailure(verdict.error);
    if (hopelessStatuses.has(verdict.failure?.status ?? 0)) return undefined;
  }
}

/** One look at the operation; repeated once with new claims when Graph asks for them. A credential that fails now may work at the next poll. */
async function look(polling: Polling, waitMs: number): Promise<Verdict> {
  const { services, request, subject } = polling;
  const ask = async (challenge?: { claims: string; token: string }) => {
    const made = await makeAttempt(services, request, challenge);
    const verdict = verdictOf(made, services);
    polling.polls++;
    recordAttempt(services.tell, subject, made, verdict, { attempt: polling.polls, waitMs, previousAttemptUnknown: false });
    return { verdict, token: made.token };
  };
  try {
    const { verdict, token } = await ask();
    if (verdict.failure?.status !== 401) return verdict;
    services.tokens.forget(token, request.tenantId);
    const { claims } = verdict;
    return claims === undefined ? verdict : (await ask({ claims, token })).verdict;
  } catch (error) {
    if (!(error instanceof CredentialError)) throw error;
    polling.polls++;
    return { error, undecided: false };
  }
}

/** The operation when it completed, undefined when it is not final. @throws OPERATION_FAILED */
export function finalOf(operation: RecordingOperation, { action, callId }: Wait): RecordingOperation | undefined {
  if (operation.status === "completed") return operation;
  if (operation.status !== "failed") return undefined;
  throw operationFailed(operation, { action, callId, clientRequestId: operation.clientRequestId, redact: createRedact(undefined) });
}
