/** What the fake does with one request, instead of answering at once that the operation is completed. */
type FakeAnswer = {
  /** Time until the answer, in milliseconds. @default 0 */
  delayMs?: number | undefined;
  /**
   * The HTTP status, from 200 to 599. A report that is answered with anything but 2xx is refused, not put into effect. A 2xx other than 200 has
   * an empty body, the null operation, unless `operation` is given; the OpenAPI document knows 200 alone.
   * @default 200
   */
  status?: number | undefined;
  /** Headers of the answer, for example `{ "retry-after": "2" }`. */
  headers?: { readonly [name: string]: string } | undefined;
  /** Graph's error code, where the answer is an error. `"8522"` says that the call is gone. @default the status */
  code?: string | undefined;
  /** The connection fails: before the request arrives, or after it took effect. */
  lose?: "request" | "answer" | undefined;
  /** No answer comes: the request did not arrive, or took effect. */
  silent?: "request" | "answer" | undefined;
};

/** What the fake does with one report. */
export type FakeStep = FakeAnswer & {
  /** Waits for a report of this call, which must have been added. @default undefined: the next report, of whatever call */
  callId?: string | undefined;
  /** The operation's status in the answer. @default "completed"; with `becomes`, "running" */
  operation?: string | null | undefined;
  /** What a pending operation becomes, as polls and notifications tell it. @default undefined: it stays pending */
  becomes?: "completed" | "failed" | undefined;
  /** When it does, counted from the answer, in milliseconds. @default 1_000 */
  becomesAfterMs?: number | undefined;
  /** Every poll of this operation is answered with this status, as an operation that can no longer be read, or may not be. */
  unreadable?: 403 | 404 | undefined;
  /** What to do with the polls of this operation, in their order; after the last, the truth. */
  polls?: FakePollStep | readonly FakePollStep[] | undefined;
};

/** What the fake does with one poll of an operation, instead of telling how it is. */
export type FakePollStep = FakeAnswer & {
  /** The status that this poll tells, whatever the operation's is. @default the operation's own */
  operation?: string | null | undefined;
  /** This poll is answered with this status, as `unreadable` of the report does for all. */
  unreadable?: 403 | 404 | undefined;
};
