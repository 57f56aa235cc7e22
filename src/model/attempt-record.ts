import type { ReportableStatus } from "../wire.ts";

/**
 * What became of one request, for an audit trail: plain data, frozen, no token. There is one for every request that left, polls included,
 * and one of the kind `outcome` for every report whose end none of them tells: because it was superseded, aborted while it waited, out of
 * time, or never left. Bad input leaves none.
 */
export type AttemptRecord = {
  /** `report`: a status was sent. `poll`: its operation was read back. `outcome`: how a report ended that the others do not tell. */
  readonly kind: "report" | "poll" | "outcome";
  /** The call. */
  readonly callId: string;
  /** The tenant of the call, as the caller named it. */
  readonly tenantId: string | undefined;
  /** The operation that Graph answered with, or that was read back; undefined where none is known. */
  readonly operationId: string | undefined;
  /** The status that was reported; undefined for a poll. */
  readonly status: ReportableStatus | undefined;
  /** The context that was sent with the report, if any. */
  readonly clientContext: string | undefined;
  /** Counts the attempts of one report, or the polls of one wait, from 1; 0 when none left. */
  readonly attempt: number;
  /** The `client-request-id` that was sent; undefined when none left. */
  readonly clientRequestId: string | undefined;
  /** The service's `request-id`. */
  readonly requestId: string | undefined;
  /** When the request left, by the wall clock; milliseconds since the epoch. */
  readonly startedAt: number;
  /** When the answer was read or the attempt ended, by the wall clock; milliseconds since the epoch. */
  readonly endedAt: number;
  /** The HTTP status of the answer; undefined when none came. */
  readonly httpStatus: number | undefined;
  /** The communications code of a refusal, for example 8506. */
  readonly commsCode: number | undefined;
  /** The operation's status (`"completed"`, `"running"`, …, `"null"`), or the code of the error. */
  readonly outcome: string;
  /** How long the attempt was held back before it left, by back-off or `Retry-After`, in milliseconds. */
  readonly waitMs: number;
  /** Whether the attempt before it, on the same call, ended without an answer, so that it may still arrive. */
  readonly previousAttemptUnknown: boolean;
};

/** Receives each record, once the attempt has ended and before the call settles. What it throws changes nothing. */
export type OnAttempt = (record: AttemptRecord) => void;
