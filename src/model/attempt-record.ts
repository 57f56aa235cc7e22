import type { ReportableStatus } from "../wire.ts";

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
