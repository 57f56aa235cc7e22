import { UnverifiedError } from "../model/errors.ts";
import { showError } from "../util/show-error.ts";
import { beginLifetime } from "../waiting/lifetime.ts";
import type { ClientRuntime } from "../waiting/runtime.ts";
import { createSingleFlight } from "../waiting/single-flight.ts";
import type { LoadKeys, PublishedKeys } from "./load-keys.ts";

/** Why the keys are not as new as they should be, in words. */
type Problem = { readonly words: string; readonly cause?: unknown };

/** The keys for a token, and why they could not be asked for anew, where that was wanted. */
export type Found = { readonly keys: PublishedKeys; readonly ageMs: number; readonly problem: Problem | undefined };

export type KeyRing = {
  /** The keys, asked for anew when they are old or when none has this name. @throws UNVERIFIED when there are none */
  keysFor(kid: string): Promise<Found>;
};

/** As long as Microsoft's own sample keeps them. */
const maxAgeMs = 2 * 60 * 60 * 1000;
/** Whoever sends forged tokens makes the keys be asked for twice, and then once in this time. A new key is found after it. */
const coolDownMs = 30_000;
const askedAtOnce = 2;
/** Both requests together. */
const loadLimitMs = 10_000;
/** As long as a token is held up whose key is known, only older than it should be. */
const staleLimitMs = 2_000;

/**
 * Keeps the published keys. jose's own cache counts its cool-down from the last success only, so that each forged token would ask again while
 * the address is down. Here each request counts, and the keys from before are used until newer ones have come.
 */
export function createKeyRing(load: LoadKeys, runtime: ClientRuntime): KeyRing {
  let held: { readonly keys: PublishedKeys; readonly since: number } | undefined;
  let lastProblem: Problem | undefined;
  const allowance = createAllowance(runtime);
  const flights = createSingleFlight<Problem | undefined>(
    { joinableMs: loadLimitMs, limitMs: loadLimitMs, onLimit: tooLong, servesAll: () => true },
    runtime,
  );

  const ask = async (signal: AbortSignal): Promise<Problem | undefined> => {
    const waitMs = allowance.take();
    if (waitMs > 0) return cooling(waitMs, lastProblem);
    try {
      held = { keys: await load(held?.keys.url, signal), since: runtime.monotonicNow() };
      lastProblem = undefined;
    } catch (error) {
      lastProblem = { words: showError(error), cause: error };
    }
    return lastProblem;
  };
  /** Who waits has a limit of its own: some runtimes drop the timers of a request that has ended, and with them the limit of what it began. */
  const refresh = async (limitMs: number): Promise<Problem | undefined> => {
    const { signal, dispose } = beginLifetime(runtime, { limitMs, onLimit: () => new Error("too long") });
    try {
      return await flights.join("keys", ask, signal).catch(tooLong);
    } finally {
      dispose();
    }
  };

  return {
    async keysFor(kid) {
      const before = held;
      const isKnown = before?.keys.kids.has(kid) === true;
      const isGood = isKnown && runtime.monotonicNow() - before.since < maxAgeMs;
      const problem = isGood ? undefined : await refresh(isKnown ? staleLimitMs : loadLimitMs + 1_000);
      if (held === undefined) throw noKeys(problem ?? tooLong());
      return { keys: held.keys, ageMs: runtime.monotonicNow() - held.since, problem };
    },
  };
}

/** Counts requests by the generic cell rate algorithm: so many at once, then one in each cool-down. */
function createAllowance({ monotonicNow }: ClientRuntime) {
  let due = Number.NEGATIVE_INFINITY;
  return {
    /** Takes one, or returns how long there is none, in milliseconds. */
    take(): number {
      const now = monotonicNow();
      const start = Math.max(due, now);
      const waitMs = start - now - coolDownMs * (askedAtOnce - 1);
      if (waitMs <= 0) due = start + coolDownMs;
      return waitMs;
    },
  };
}

function cooling(waitMs: number, last: Problem | undefined): Problem {
  const again = `they are asked for again in ${Math.ceil(waitMs / 1000)} s`;
  return { words: last === undefined ? again : `${last.words}; ${again}`, cause: last?.cause };
}

function tooLong(): Problem {
  return { words: `they did not come within ${loadLimitMs / 1000} s` };
}

function noKeys({ words, cause }: Problem): UnverifiedError {
  const hint = "Let this machine reach the address, or set openIdConfigurationUrl to the one of your cloud.";
  return new UnverifiedError(`The keys of Graph's tokens could not be fetched: ${words}.`, { hint, cause, retryable: true });
}
