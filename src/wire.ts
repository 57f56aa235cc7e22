// The one door to generated code: nothing else in src/ imports from generated/.
import {
  callIdParameterSchema,
  type clouds,
  commsNotificationSchema,
  operationStatusSchema,
  type retryableStatuses,
} from "../generated/constants.gen.ts";
import type { components } from "../generated/types.gen.ts";

export { type ClientOptions, createFetchClient, type FetchClient, fillPath } from "../generated/client.gen.ts";
export {
  clouds,
  endedCallState,
  notificationToken,
  operationIdParameterSchema,
  permissions,
  requests,
  retryableStatuses,
  unsupportedClouds,
  updateRecordingStatusRequestSchema,
} from "../generated/constants.gen.ts";
export type { components, operations, paths, webhooks } from "../generated/types.gen.ts";
export const callIdSchema = callIdParameterSchema;

/**
 * What a bot may report. Graph knows more members, which are read and never sent.
 * @see https://learn.microsoft.com/graph/api/call-updaterecordingstatus
 */
export type ReportableStatus = components["schemas"]["ReportableStatus"];

/** The statuses of an operation that Graph documents, in lower camel case. */
export type KnownOperationStatus = (typeof operationStatusSchema.anyOf)[0]["enum"][number];
export const knownOperationStatuses: readonly KnownOperationStatus[] = operationStatusSchema.anyOf[0].enum;

/** What may happen to a resource, as notifications say it. @see https://learn.microsoft.com/graph/api/resources/commsnotification */
export type KnownChangeType = (typeof commsNotificationSchema.properties.changeType.anyOf)[0]["enum"][number];
export const knownChangeTypes: readonly KnownChangeType[] = commsNotificationSchema.properties.changeType.anyOf[0].enum;

/**
 * How far an operation is, as read: a known status in lower camel case, `unrecognized`, or null. `completed` and `failed` are final; `notStarted`,
 * `running` and null mean that the end comes later. `unrecognized` is ours, not Graph's: a string that Graph may have added later, whose text is
 * in the operation's `raw`. It is taken for neither success nor failure.
 * @see https://learn.microsoft.com/graph/api/resources/commsoperation
 */
// Closed: openapi-typescript's `"completed" | string` collapses to `string`, and would let a comparison with "Completed" compile.
export type OperationStatus = KnownOperationStatus | "unrecognized" | null;

/** The statuses that the spec marks as retryable. */
export type RetryableStatus = (typeof retryableStatuses)[number];

/** The clouds that have the action. @see https://learn.microsoft.com/graph/deployments */
export type Cloud = keyof typeof clouds;

/** The versions of Graph that have the action in the given cloud. */
export type GraphVersion<C extends Cloud = Cloud> = C extends Cloud ? keyof (typeof clouds)[C]["versions"] : never;
