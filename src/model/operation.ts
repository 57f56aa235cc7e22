import { knownOperationStatuses, type OperationStatus } from "../wire.ts";

/** Why an operation ended as it did. @see https://learn.microsoft.com/graph/api/resources/resultinfo */
export type ResultInfo = {
  /** HTTP-like: 2xx success, 4xx client error, 5xx server error. Undefined when Graph sent no number. */
  readonly code: number | undefined;
  /** The detail. Undefined when Graph sent no number. */
  readonly subcode: number | undefined;
  /** The result in words; null when Graph sent none. */
  readonly message: string | null;
};

/**
 * The operation that a report created, as Graph answered.
 * @see https://learn.microsoft.com/graph/api/resources/commsoperation
 */
export type RecordingOperation = {
  /** The operation's id; for an empty answer the one in a same-origin `Location`, else undefined. */
  readonly id: string | undefined;
  /** `completed` is success, `failed` rejects. Every other one is not final: see `OperationStatus`. */
  readonly status: OperationStatus;
  /** The context as Graph sent it back; null when it sent none. */
  readonly clientContext: string | null;
  /** Why it ended as it did; null when Graph sent none. */
  readonly resultInfo: ResultInfo | null;
  /** The `Location` header when it is an absolute URL. Data: no token is ever sent there. */
  readonly location: string | undefined;
  /** The service's `request-id`: quote it in support cases. */
  readonly requestId: string | undefined;
  /** The `client-request-id` that was sent. */
  readonly clientRequestId: string;
  /**
   * The body as Graph sent it, parsed: what this type does not name is in here, and the text of a status that is `unrecognized`. Undefined for
   * an empty body. A property `__proto__` is left out at every depth, so that merging it pollutes nothing.
   */
  readonly raw: unknown;
};

/**
 * A status as it is read: a known one in lower camel case, whatever case came, since the metadata writes Pascal case, the docs and live traffic
 * lower camel; any other is `unrecognized`.
 */
export function operationStatusOf(sent: string | null): OperationStatus {
  if (sent === null) return null;
  const lower = sent.toLowerCase();
  return knownOperationStatuses.find((known) => known.toLowerCase() === lower) ?? "unrecognized";
}

/** The status in words, for records and messages: of an unrecognized one the text that Graph sent. It is from outside: redact it. */
export function statusText({ status, raw }: Pick<RecordingOperation, "status" | "raw">): string {
  const { status: sent } = (status === "unrecognized" ? (raw ?? {}) : {}) as { readonly status?: unknown };
  return typeof sent === "string" ? sent : String(status);
}
