import type { ReportableStatus } from "../wire.ts";

/** What to report. */
export type RecordingStatusUpdate = {
  /** The status that the people in the call are told. */
  status: ReportableStatus;
  /**
   * Your own mark, sent back in the answer and in the notification: make it unique. At most 256 code points; null is treated as left out.
   * @see https://learn.microsoft.com/graph/api/call-updaterecordingstatus "Max limit is 256 chars."
   */
  clientContext?: string | null | undefined;
};

/** One report, checked and copied. */
export type UpdateInput = {
  readonly callId: string;
  readonly body: { readonly status: ReportableStatus; readonly clientContext?: string };
};
