import type { AttemptRecord, OnAttempt } from "../model/attempt-record.ts";
import type { UpdateInput } from "../model/update.ts";
import type { Attempt } from "./attempt.ts";
import type { Verdict } from "./verdict.ts";

/** What is counted across the attempts of one report. */
type Count = Pick<AttemptRecord, "attempt" | "waitMs" | "previousAttemptUnknown">;

/** Tells of an attempt that was made. */
export function recordAttempt(onAttempt: OnAttempt | undefined, input: UpdateInput, made: Attempt, verdict: Verdict, count: Count): void {
  const { answer } = made;
  const requestId = answer?.headers.get("request-id");
  tell(onAttempt, {
    ...describe(input),
    clientRequestId: made.clientRequestId,
    requestId: requestId === null || requestId === undefined ? undefined : made.redact(requestId),
    startedAt: made.startedAt,
    endedAt: made.endedAt,
    httpStatus: answer?.status,
    outcome: verdict.error === undefined ? made.redact(String(verdict.operation.status)) : verdict.error.code,
    ...count,
  });
}

/** Tells how a call ended, when none of its attempts has told it. */
export function recordOutcome(onAttempt: OnAttempt | undefined, input: UpdateInput, outcome: string, now: number, count: Count): void {
  const none = { clientRequestId: undefined, requestId: undefined, httpStatus: undefined };
  tell(onAttempt, { ...describe(input), ...none, startedAt: now, endedAt: now, outcome, ...count });
}

function describe({ callId, body }: UpdateInput): Pick<AttemptRecord, "callId" | "status" | "clientContext"> {
  return { callId, status: body.status, clientContext: body.clientContext };
}

/** Calls the hook; a hook that throws or rejects changes nothing. */
function tell(onAttempt: OnAttempt | undefined, record: AttemptRecord): void {
  try {
    const returned: unknown = onAttempt?.(Object.freeze(record));
    if (returned instanceof Promise) returned.catch(() => {});
  } catch {
    // The hook is the caller's: a report must not fail because a log does.
  }
}
