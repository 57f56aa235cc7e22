import { knownOperationStatuses, type OperationStatus } from "../wire.ts";

/** Why an operation ended as it did. @see https://learn.microsoft.com/graph/api/resources/resultinfo */
export type ResultInfo = {
  /** HTTP-like: 2xx success, 4xx client error, 5xx server error. Undefined when Graph sent no number. */
  readonly code: number | undefined;
  /** The detail. Undefined when Graph sent no number. */
  readonly subcode: number | undefined;
  /** The result in words; null when Graph sent none. */
  readonly message: string | null;
  readonly [property: string]: unknown;
};

/** The operation that a report created, as Graph answered, plus anything else that it sent. */
export type RecordingOperation = {
  /** The operation's id; for an empty answer the one in a same-origin `Location`, else undefined. */
  readonly id: string | undefined;
  /** `completed` is success. `notStarted`, `running` and null are not final: see `OperationStatus`. */
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
  readonly [property: string]: unknown;
};

/** A known status in lower camel case, any other as it is: the metadata writes Pascal case, the docs and live traffic lower camel. */
export function toLowerCamel(status: string | null): OperationStatus {
  const lower = status?.toLowerCase();
  return knownOperationStatuses.find((known) => known.toLowerCase() === lower) ?? status;
}
