import type { JournalError } from "../model/errors.ts";
import type { RecordingOperation } from "../model/operation.ts";
import type { LeftMs } from "./guard-hold.ts";

/** What became of a report. */
export type ReportResult = { readonly operation?: RecordingOperation | undefined; readonly error?: unknown };

/** What the journal has to do with a report: before it leaves, at each attempt, and when it has ended. */
export type Keeping = {
  /** In the turn of the report, before its first attempt. Nothing is sent when it rejects. */
  readonly before?: (signal: AbortSignal) => Promise<unknown>;
  /** At each attempt. @throws when it must not leave */
  readonly mayLeave?: (signal: AbortSignal) => undefined | void | Promise<void>;
  /** An attempt that has left is given up after it: it must not arrive when another process has the call. @default no limit of its own */
  readonly leftMs?: LeftMs;
  /** In the turn of the report, after its last attempt. Resolves with what the journal could not take. */
  readonly after?: (result: ReportResult) => Promise<readonly JournalError[]>;
};
