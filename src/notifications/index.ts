/**
 * Graph's notifications about calls: who sent them, what they say, and the webhook that hands them to the client.
 * @module
 */
export { type IgnoredNotification, type ParsedNotifications, parseCommsNotifications } from "../input/parse-notifications.ts";
export { BadNotificationError, UnverifiedError } from "../model/errors.ts";
export type { CallNotification, ChangeType, CommsNotification, OperationNotification } from "../model/notification.ts";
