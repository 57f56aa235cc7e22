import type { UpdateInput } from "../input/call-input.ts";
import { has } from "../util/own.ts";
import { cut } from "../util/redact.ts";
import type { ReportableStatus } from "../wire.ts";
import type { Attempt } from "./attempt.ts";
import type { Verdict } from "./verdict.ts";

/**
 * What became of one attempt, for an audit trail: plain data, no token. A call whose outcome is not that of its last attempt (it was
 * superseded, aborted while it waited, or never left) gets one record more, without `clientRequestId` and `httpStatus`.
 */
export type AttemptRecord = {
  /** The call. */
  readonly callId: string;
  /** The status that was reported. */
  readonly status: ReportableStatus;
  /** The context that was sent, if any. */
  readonly clientContext: string | undefined;
  /** Counts the attempts of one report from 1; 0 when none left. */
  readonly attempt: number;
  /** The `client-request-id` that was sent; undefined when none left. */
  readonly clientRequestId: string | undefined;
  /** The service's `request-id`. */
  readonly requestId: string | undefined;
  /** When the request left; milliseconds since the epoch. */
  readonly startedAt: number;
  /** When the answer was read or the attempt ended; milliseconds since the epoch. */
  readonly endedAt: number;
  /** The HTTP status of the answer; undefined when none came. */
  readonly httpStatus: number | undefined;
  /** The operation's status (`"completed"`, `"running"`, …, `"null"`), or the code of the error. */
  readonly outcome: string;
  /** How long the attempt was held back before it left, by back-off or `Retry-After`, in milliseconds. */
  readonly waitMs: number;
  /** Whether the attempt before it, on the same call, ended without an answer, so that it may still arrive. */
  readonly previousAttemptUnknown: boolean;
};

/** Receives each record, once the attempt has ended and before the call settles. What it throws changes nothing. */
export type OnAttempt = (record: AttemptRecord) => void;

/** What is counted across the attempts of one report. */
type Count = Pick<AttemptRecord, "attempt" | "waitMs" | "previousAttemptUnknown">;

/** Tells of an attempt that was made. */
export function recordAttempt(onAttempt: OnAttempt | undefined, input: UpdateInput, made: Attempt, verdict: Verdict, count: Count): void {
  const answer = has(made.result, "answer") ? made.result.answer : undefined;
  const requestId = answer?.headers.get("request-id");
  tell(onAttempt, {
    ...describe(input),
    clientRequestId: made.clientRequestId,
    requestId: requestId === null || requestId === undefined ? undefined : made.redact(cut(requestId)),
    startedAt: made.startedAt,
    endedAt: made.endedAt,
    httpStatus: answer?.status,
    outcome: has(verdict, "operation") ? made.redact(cut(String(verdict.operation.status))) : verdict.error.code,
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
