/** What the fake does with one report, instead of answering `completed` at once. */
export type FakeStep = {
  /** Time until the answer, in milliseconds. @default 0 */
  delayMs?: number;
  /** An HTTP status instead of 200: the report is refused, not put into effect. */
  status?: number;
  /** Headers of that answer, for example `{ "retry-after": "2" }`. */
  headers?: Record<string, string>;
  /** Graph's error code of that answer. @default the status */
  code?: string;
  /** The operation's status in the answer. @default "completed" */
  operation?: string | null;
  /** What a pending operation becomes, as polls and notifications tell it. @default it stays pending */
  becomes?: "completed" | "failed";
  /** When it does, counted from the answer, in milliseconds. @default 1_000 */
  becomesAfterMs?: number;
  /** The connection fails: before the report arrives, or after it took effect. */
  lose?: "request" | "answer";
  /** No answer comes: the report did not arrive, or took effect. */
  silent?: "request" | "answer";
};
