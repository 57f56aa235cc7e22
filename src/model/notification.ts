import { type KnownChangeType, knownChangeTypes, type OperationStatus } from "../wire.ts";
import type { ResultInfo } from "./operation.ts";

/** What happened to a resource, in lower case, whatever case came; `unrecognized` (ours) for a word that is not documented. */
export type ChangeType = KnownChangeType | "unrecognized";

type Common = {
  /** The call, in the spelling of Graph's answers: a GUID in lower case with dashes; any other id as it came. */
  readonly callId: string;
  /** What happened to the operation or the call. */
  readonly changeType: ChangeType;
  /** Why it ended as it did; null when Graph sent none. */
  readonly resultInfo: ResultInfo | null;
  /** The notification as it was posted: what this type does not name is in here. */
  readonly raw: unknown;
};

/** What Graph tells of an operation of a call. @see https://learn.microsoft.com/graph/api/resources/commsnotification */
export type OperationNotification = Common & {
  /** Tells it from what is about a call. */
  readonly kind: "operation";
  /** The operation, spelt as `callId`; undefined when neither the path nor the resource names it. */
  readonly operationId: string | undefined;
  /** `completed` and `failed` are final; null when Graph sent none. */
  readonly status: OperationStatus;
  /** The context of the request that made the operation; null when Graph sent none. */
  readonly clientContext: string | null;
};

/** What Graph tells of a call itself. @see https://learn.microsoft.com/graph/api/resources/call */
export type CallNotification = Common & {
  /** Tells it from what is about an operation. */
  readonly kind: "call";
  /** A call has none. */
  readonly operationId: undefined;
  /** The call's `state`, in lower case; null when Graph sent none. A call that is `terminated` or `deleted` is over. */
  readonly status: string | null;
  /** A call has none. */
  readonly clientContext: null;
};

/** One notification of a kind that recordings depend on: `kind` narrows it. */
export type CommsNotification = OperationNotification | CallNotification;

/** A change as it is read. */
export function changeTypeOf(sent: string): ChangeType {
  const lower = sent.toLowerCase();
  return knownChangeTypes.find((known) => known === lower) ?? "unrecognized";
}
