/**
 * Graph's notifications about calls: who sent them, what they say, and the webhook that hands them to the client.
 * @module
 */
export { type IgnoredNotification, type ParsedNotifications, parseCommsNotifications } from "../input/parse-notifications.ts";
export { BadNotificationError, UnverifiedError } from "../model/errors.ts";
export type { CallNotification, ChangeType, CommsNotification, OperationNotification } from "../model/notification.ts";
export type { VerifiedToken } from "./check-token.ts";
export {
  createNotificationHandler,
  type FetchHandler,
  type NotificationHandlerOptions,
  type NotificationReceiver,
} from "./handler.ts";
export { type NodeResponse, toNodeListener } from "./node-adapter.ts";
export type { NodeRequest } from "./node-request.ts";
export { createNotificationVerifier, type NotificationVerifier } from "./verifier.ts";
export type { NotificationVerifierOptions } from "./verifier-options.ts";
