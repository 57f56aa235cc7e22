import type { ReportableStatus } from "../wire.ts";

/** What a report or a poll is about. */
export type Subject = {
  readonly callId: string;
  readonly tenantId: string | undefined;
  /** Undefined for a poll. */
  readonly status: ReportableStatus | undefined;
  readonly clientContext: string | undefined;
  /** The operation that is polled. */
  readonly operationId?: string | undefined;
};
