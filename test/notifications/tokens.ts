// A verifier with its own clock, and the service whose tokens it takes; everything is closed at the end of each test.
import { inspect } from "node:util";
import {
  createNotificationVerifier,
  type NotificationVerifier,
  type NotificationVerifierOptions,
} from "teams-recording-status/notifications";
import { afterEach, expect } from "vitest";
import { startTokenService, type TokenService } from "../support/notification-service.ts";
import { refusalOf } from "../support/refusal.ts";

const started: { close(): unknown }[] = [];

/** Closes what the tests of a file have started. */
export function withTokens(): void {
  afterEach(async () => {
    for (const one of started.splice(0)) await one.close();
  });
}

/** What is closed at the end of the test. */
export function closing<T extends { close(): unknown }>(one: T): T {
  started.push(one);
  return one;
}

/** A clock that stands still; what is due is called at once when it is moved, whatever real I/O is under way. */
export function createStillClock() {
  let time = Date.UTC(2026, 0, 1);
  let stepped = 0;
  const timers = new Set<{ at: number; callback: () => void }>();
  return {
    now: () => time + stepped,
    monotonicNow: () => time,
    schedule(callback: () => void, delayMs: number) {
      const timer = { at: time + delayMs, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    pass(ms: number) {
      time += ms;
      for (const timer of timers) if (timer.at <= time && timers.delete(timer)) timer.callback();
    },
    /** Moves the wall clock alone. */
    step(ms: number) {
      stepped += ms;
    },
    get pending() {
      return timers.size;
    },
  };
}

/** Lets real I/O go on until it holds. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

/** A service of tokens, and a verifier of them by another clock than the wall's. */
export async function startVerifier(options: Partial<NotificationVerifierOptions> = {}) {
  const clock = createStillClock();
  const service = closing(await startTokenService({ now: clock.now }));
  const { audience, openIdConfigurationUrl } = service;
  const verifier = createNotificationVerifier({ audience, openIdConfigurationUrl, ...options }, clock);
  const verify: NotificationVerifier["verify"] = (token) => verifier.verify(`Bearer ${token}`);
  /** The time by that clock, in seconds since the epoch. */
  const at = () => Math.floor(clock.now() / 1000);
  return { clock, service, verifier, verify, at };
}

/** How often something was asked for. */
export function asked({ requests }: TokenService, what: string): number {
  return requests.filter((request) => request === what).length;
}

/** Why a token is refused: UNVERIFIED, and no piece of the token is anywhere in the error. */
export async function whyRefused(verified: Promise<unknown>, token: string) {
  const error = await refusalOf(verified);
  expect([error.code, error.mayBeInEffect], error.message).toEqual(["UNVERIFIED", false]);
  expect(error.message).not.toMatch(/\n/);
  expectNoToken(error, token);
  return error;
}

/** Nothing that an error shows, or has, holds eight characters of the token in a row. */
export function expectNoToken(error: unknown, token: string): void {
  const shown = [inspect(error, { depth: 20, showHidden: true, getters: true }), ...textsOf(error, new Set())].join("\n");
  for (let start = 0; start + 8 <= token.length; start++) {
    const piece = token.slice(start, start + 8);
    if (shown.includes(piece)) throw new Error(`"${piece}" of the token is in the error:\n${shown}`);
  }
}

function textsOf(value: unknown, seen: Set<unknown>): string[] {
  if (typeof value !== "object" || value === null || seen.has(value)) return [String(value)];
  seen.add(value);
  return Reflect.ownKeys(value).flatMap((key) => [String(key), ...textsOf(Reflect.get(value, key), seen)]);
}
