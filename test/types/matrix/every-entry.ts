// Every entry at once: each of its declarations is read, and those that they refer to.
export * as azure from "teams-recording-status/azure";
export * as client from "teams-recording-status/client";
export * as journal from "teams-recording-status/journal";
export * as notifications from "teams-recording-status/notifications";
export * as redis from "teams-recording-status/redis";
export * as testing from "teams-recording-status/testing";
