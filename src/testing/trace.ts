/** One thing that happened, in the order in which it happened. `at` is in milliseconds. */
export type TraceEvent = {
  /** When, by the clock of the fake. */
  readonly at: number;
  /** The call, as it was named. */
  readonly callId: string;
} & (
  | {
      /** A report left for the service. */
      readonly type: "report";
      readonly status: string;
      /** Whether the service put it into effect; false when it refused it or never got it. */
      readonly applied: boolean;
      /** Its number, so that an answer is not taken for that of another report. Without it, by the status alone. */
      readonly report?: number;
    }
  | {
      /** The service's answer to a report, or its end in a notification or poll, reached the bot. */
      readonly type: "answer";
      readonly status: string;
      readonly outcome: "completed" | "pending" | "failed" | "refused";
      readonly report?: number;
    }
  /**
   * The recorder's own doings; the end of a recording as the bot knows it: by an end that it asked for, or told that the call has ended; the end
   * of the call at the service; and that the recording has settled.
   */
  | { readonly type: "recorderStart" | "recorderStop" | "recorderStopped" | "stopBegan" | "callEnded" | "callGone" | "settled" }
  /** Something was offered to a gate. */
  | { readonly type: "offered"; readonly chunk: string }
  | {
      /** Something was written to where it stays. */
      readonly type: "persisted";
      readonly chunk: string;
      /** The sink, where one of the fake's was used. */
      readonly sink?: string;
      /** Written as to a stream, which has an end; without it, a single write. */
      readonly stream?: boolean;
      /** The write takes its time: a `writeEnded` follows. */
      readonly pending?: boolean;
    }
  | { readonly type: "writeEnded"; readonly chunk: string; readonly sink: string }
  /** The sink was closed, or given up. */
  | { readonly type: "sinkClosed" | "sinkAborted"; readonly sink: string }
);

/** An event before it is noted: the history adds the time. */
export type UntimedEvent<E = TraceEvent> = E extends unknown ? Omit<E, "at"> : never;

/** The events of these types. */
export type EventOf<T extends TraceEvent["type"], E = TraceEvent> = E extends { readonly type: infer U }
  ? [T & U] extends [never]
    ? never
    : E
  : never;
