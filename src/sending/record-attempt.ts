import type { AttemptRecord, OnAttempt } from "../model/attempt-record.ts";
import { statusText } from "../model/operation.ts";
import type { Attempt } from "./attempt.ts";
import type { Ledger, LedgerDeps } from "./ledger.ts";
import type { Subject } from "./subject.ts";
import type { Verdict } from "./verdict.ts";

/** What is counted across the attempts of one report. */
type Count = Pick<AttemptRecord, "attempt" | "waitMs" | "previousAttemptUnknown">;

/** The count of an outcome that came after so many attempts, and that no attempt brought. */
export const after = (attempt: number): Count => ({ attempt, waitMs: 0, previousAttemptUnknown: false });

/** Who hears the records; undefined where nobody does. */
type Tell = OnAttempt | undefined;

/** Tells of an attempt that was made. */
export function recordAttempt(tell: Tell, subject: Subject, made: Attempt, verdict: Verdict, count: Count): void {
  if (tell === undefined) return;
  const { answer, redact } = made;
  const requestId = answer?.headers.get("request-id") ?? undefined;
  const operationId = subject.operationId ?? verdict.operation?.id;
  tell({
    kind: subject.status === undefined ? "poll" : "report",
    ...subject,
    operationId: operationId === undefined ? undefined : redact(operationId),
    clientRequestId: made.clientRequestId,
    requestId: requestId === undefined ? undefined : redact(requestId),
    startedAt: made.startedAt,
    endedAt: made.endedAt,
    httpStatus: answer?.status,
    commsCode: verdict.failure?.commsCode,
    outcome: verdict.error === undefined ? redact(statusText(verdict.operation)) : verdict.error.code,
    ...count,
  });
}

/** Tells how a report ended, when none of its attempts has told it. */
export function recordOutcome(tell: Tell, subject: Subject, outcome: string, now: number, count: Count): void {
  if (tell === undefined) return;
  const none = { clientRequestId: undefined, requestId: undefined, httpStatus: undefined, commsCode: undefined };
  tell({
    kind: "outcome",
    ...subject,
    operationId: subject.operationId,
    ...none,
    startedAt: now,
    endedAt: now,
    outcome,
    ...count,
  });
}

/** Who hears each record: the journal first, so that nobody acts on what it does not know, then the hook. */
export function createTell(ledger: Ledger | undefined, onAttempt: OnAttempt | undefined): Tell {
  if (ledger === undefined && onAttempt === undefined) return undefined;
  return (record) => {
    Object.freeze(record);
    ledger?.attempt(record);
    callHook(onAttempt, record);
  };
}

/** Tells the hook alone that the journal could not take something of a call. */
export function createTellMissed(onAttempt: OnAttempt | undefined, now: () => number): LedgerDeps["onMissed"] {
  return ({ callId, tenantId }) => {
    const subject = { callId, tenantId, status: undefined, clientContext: undefined };
    recordOutcome((record) => callHook(onAttempt, Object.freeze(record)), subject, "JOURNAL", now(), after(0));
  };
}

function callHook(onAttempt: OnAttempt | undefined, record: AttemptRecord): void {
  try {
    const returned: unknown = onAttempt?.(record);
    if (returned instanceof Promise) returned.catch(() => {});
  } catch {
    // The hook is the caller's: a report must not fail because a log does.
  }
}
