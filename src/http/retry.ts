// When and after how long a request is repeated: pure decisions, no clock and no chance of their own.

import { type RetryableStatus, retryableStatuses as statusesInSpec } from "../wire.ts";
import type { AnswerHeaders } from "./answer.ts";

/** How retries are made. */
export type RetryOptions = {
  /** Attempts after the first. @default 3 */
  limit?: number | undefined;
};

/** Statuses that a later attempt may change: throttled, or a server on the way failed. @see https://learn.microsoft.com/graph/errors */
export const retryableStatuses: ReadonlySet<number> = new Set(statusesInSpec);

/** What an answer says of the request that it answers: `refused` had no effect, `undecided` may still have one. */
type Fates = { readonly [status in RetryableStatus]: "refused" | "undecided" };
// A gateway that gave up on a server may have handed the request on: RFC 9110 §15.6.3, §15.6.5.
const fates: Fates = { 429: "refused", 502: "undecided", 503: "refused", 504: "undecided" };

/** Statuses after which the request may still take effect. */
export const undecidedStatuses: ReadonlySet<number> = new Set(statusesInSpec.filter((status) => fates[status] === "undecided"));

const baseDelayMs = 100;
const jitterStepMs = 500;
const longestJitterMs = 8_000;

/**
 * Delay before a retry for which the answer asked for none: 100 ms and full jitter of min(8 s, 500 ms · 2ⁿ), n counting retries from 0.
 * @see https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/
 */
export function backoffMs(retry: number, random: () => number): number {
  return Math.round(baseDelayMs + random() * Math.min(longestJitterMs, jitterStepMs * 2 ** retry));
}

// The three forms of an HTTP date: IMF-fixdate, RFC 850, asctime. Date.parse alone takes "-5" for a year.
const httpDate =
  /^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4})$/;

function parseHttpDate(text: string | null): number | undefined {
  if (text === null || !httpDate.test(text)) return undefined;
  const at = Date.parse(text.endsWith("GMT") ? text : `${text} GMT`);
  return Number.isNaN(at) ? undefined : at;
}

/**
 * Delay that an answer asks for, in milliseconds, or undefined when it asks for none that makes sense. A date counts from the answer's own
 * `Date`, so that a local clock that is wrong does not shorten the wait.
 * @see RFC 9110 §10.2.3 (seconds or an HTTP date) and §5.6.7
 */
export function retryAfterMs(headers: AnswerHeaders, now: number): number | undefined {
  const value = headers.get("retry-after")?.trim() ?? null;
  if (value === null) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
  const at = parseHttpDate(value);
  return at === undefined ? undefined : Math.max(0, at - (parseHttpDate(headers.get("date")) ?? now));
}

/** What is known when an attempt has failed. */
export type Situation = {
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** The wait that the answer asked for. */
  readonly retryAfterMs: number | undefined;
  /** Retries made so far, and how many may be made. */
  readonly retries: number;
  readonly limit: number;
  /** Whether the time until the deadline is to be used up: waits get shorter towards it. */
  readonly untilDeadline: boolean;
  /** Time until the deadline. */
  readonly remainingMs: number;
  /** Chance, from 0 to 1. */
  readonly random: () => number;
};

/** What to do after a failed attempt: wait and repeat, or give up, and why. */
export type NextStep = { readonly waitMs: number; readonly giveUp?: undefined } | { readonly giveUp: GiveUp };
export type GiveUp = "refused" | "exhausted" | "asked to wait too long" | "too late";

/** Decides. A wait that the service asked for is obeyed in full or not at all. */
export function nextStep({ retryable, retryAfterMs, retries, limit, untilDeadline, remainingMs, random }: Situation): NextStep {
  if (!retryable) return { giveUp: "refused" };
  if (retries >= limit) return { giveUp: "exhausted" };
  if (retryAfterMs !== undefined) return retryAfterMs < remainingMs ? { waitMs: retryAfterMs } : { giveUp: "asked to wait too long" };
  const backoff = backoffMs(retries, random);
  const waitMs = untilDeadline ? Math.min(backoff, Math.max(baseDelayMs, remainingMs / 2)) : backoff;
  return waitMs < remainingMs ? { waitMs } : { giveUp: "too late" };
}
