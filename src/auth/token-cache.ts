import type { Ending } from "../waiting/ending.ts";
import type { ClientRuntime } from "../waiting/runtime.ts";
import { createSingleFlight } from "../waiting/single-flight.ts";
import type { TokenCredential, TokenRequestOptions } from "./credential.ts";
import { type ReceivedToken, requestToken, type TokenFailure, tokenFailure } from "./request-token.ts";
import { createTokenStore, type StoredToken, type TokenStore } from "./token-store.ts";

/** A token for the next request. */
export type TokenRequest = {
  /** The call that it is for: an error names it. */
  readonly callId?: string | undefined;
  readonly tenantId?: string | undefined;
  readonly signal: AbortSignal;
  /** The claims of a challenge, and the token that was challenged. */
  readonly challenge?: { readonly claims: string; readonly token: string } | undefined;
};

/**
 * A token, and whether it has come too near its end since it was given, or was refused meanwhile. One that came so near its end already is
 * sent once all the same.
 */
export type Token = { readonly token: string; readonly isStale: () => boolean };

export type TokenCache = {
  /** A token that is not expired. Rejects with CREDENTIAL, an error of its own for each caller, or with the signal's reason. */
  get(request: TokenRequest): Promise<Token>;
  /** Forgets a token that Graph refused: the next `get` has a newer one, or asks the credential anew. */
  forget(token: string, tenantId: string | undefined): void;
};

type Settings = {
  readonly credential: TokenCredential;
  readonly scope: string;
  readonly clientEnd?: Ending;
};

/** A token this close to its end is not sent: it would expire on the way. Milliseconds, as all that follow. */
const leastLifeMs = 2_000;
/** How long before its end a token is replaced, unless the credential says so itself. */
const refreshAheadMs = 5 * 60_000;
/** After a refresh in the background that failed, the next one waits this long: the old token is still good. */
const refreshPauseMs = 10_000;
/** The longest that one request for a token may take. */
const requestLimitMs = 20_000;
/**
 * A request older than this is not joined. With `requestLimitMs` it bounds how many hang at once: of one tenant four that are waited for
 * (they begin more than 5 s apart and end after 20 s), and two in the background (10 s apart).
 */
const joinableMs = 5_000;

const tooSlow = tokenFailure("The credential did not answer within 20 000 ms.", {
  hint: "Check that this machine reaches where the credential gets its tokens (Microsoft Entra ID, a managed identity's endpoint, a command line tool): network, proxy, DNS.",
});

/**
 * Tokens by tenant. Callers at the same time share one request; a token is replaced ahead of its end without making anybody wait; a failure is
 * not kept, and a request that hangs holds nobody who comes later. All times are measured by the monotonic clock.
 */
export function createTokenCache(settings: Settings, runtime: ClientRuntime): TokenCache {
  const store = createTokenStore();
  const order = createOrder();
  const requests = createRequests(settings, store, order, runtime);

  const give = (stored: StoredToken): Token => {
    const wasUsable = isUsable(stored, runtime.monotonicNow());
    return { token: stored.token, isStale: () => wasUsable && !isUsable(stored, runtime.monotonicNow()) };
  };

  return {
    async get(request) {
      request.signal.throwIfAborted();
      const now = runtime.monotonicNow();
      const stored = store.get(request.tenantId ?? "", now);
      if (stored === undefined || !isUsable(stored, now) || stored.token === request.challenge?.token) {
        return give(await requests.ask(request, stored?.lastRefusal ?? 0));
      }
      if (now >= stored.refreshAt && settings.clientEnd?.hasCome !== true) {
        stored.refreshAt = now + refreshPauseMs;
        requests.refresh(request.tenantId);
      }
      return give(stored);
    },
    forget(token, tenantId) {
      const now = runtime.monotonicNow();
      const stored = store.get(tenantId ?? "", now);
      const isKnown = stored?.token === token;
      // A newer one has come already; or another call met the same refusal, and what was asked since it may be joined.
      if (stored !== undefined && (isKnown ? stored.isRefused : isUsable(stored, now))) return;
      // Calls that hold it, and wait for a slot, do not send it.
      if (isKnown) stored.isRefused = true;
      store.set(tenantId ?? "", refusalOf(token, order.next(), now), now);
    },
  };
}

type Order = { readonly next: () => number };

/** Counts requests and refusals, to tell which is newer. */
function createOrder(): Order {
  let count = 0;
  return { next: () => ++count };
}

/** Asks the credential, and stores what it answers. */
function createRequests({ credential, scope, clientEnd }: Settings, store: TokenStore, order: Order, runtime: ClientRuntime) {
  const flights = createSingleFlight<StoredToken | TokenFailure>(
    { joinableMs, limitMs: requestLimitMs, onLimit: () => tooSlow, servesAll: (outcome) => "token" in outcome },
    runtime,
  );
  clientEnd?.onCome(flights.endAlone);

  const request = (tenantId: string | undefined, claims?: string) => async (abortSignal: AbortSignal) => {
    const mine = order.next();
    const options = tokenOptions(tenantId, claims, abortSignal);
    const answer = await requestToken({ credential, scope, options, now: runtime.now });
    return "error" in answer ? answer : keep(tenantId ?? "", answer, mine);
  };
  /** Also what comes late, when nobody waits for it any more; but what came of a newer request, or was refused since, stands. */
  const keep = (tenant: string, answer: ReceivedToken, mine: number): StoredToken => {
    const now = runtime.monotonicNow();
    const standing = store.get(tenant, now);
    const received = toStored(answer, mine, standing?.lastRefusal ?? 0, now);
    if (standing === undefined || standing.order < mine) store.set(tenant, received, now);
    else if (isUsable(standing, now)) return standing;
    return received;
  };

  return {
    /** @throws CREDENTIAL, an error of its own for each who waits */
    async ask({ callId, tenantId, challenge, signal }: TokenRequest, lastRefusal: number): Promise<StoredToken> {
      // What was asked before a refusal may answer with the refused token: it is not joined after it.
      const key = JSON.stringify([tenantId, challenge?.claims, lastRefusal]);
      const outcome = await flights.join(key, request(tenantId, challenge?.claims), signal);
      if ("error" in outcome) throw outcome.error(callId);
      return outcome;
    },
    refresh: (tenantId: string | undefined) => flights.startAlone(request(tenantId)),
  };
}

function isUsable({ expiresAt, isRefused }: StoredToken, now: number): boolean {
  return !isRefused && now < expiresAt - leastLifeMs;
}

function tokenOptions(tenantId: string | undefined, claims: string | undefined, abortSignal: AbortSignal): TokenRequestOptions {
  return {
    abortSignal,
    enableCae: true,
    ...(tenantId === undefined ? {} : { tenantId }),
    ...(claims === undefined ? {} : { claims }),
  };
}

/** A token without an end is used once, by those who waited for it: the credential vouches for it, the cache does not. */
function toStored({ token, lifeMs, refreshInMs }: ReceivedToken, order: number, lastRefusal: number, now: number): StoredToken {
  const ahead = Math.min(refreshAheadMs, lifeMs / 2);
  // A credential may give the same token again with a time that has passed: it is not asked at every report.
  const refreshAt = now + Math.max(refreshInMs ?? lifeMs - ahead, refreshPauseMs);
  return { token, order, expiresAt: now + lifeMs, refreshAt, isRefused: false, lastRefusal };
}

/** Kept for as long as a request from before the refusal can be under way. */
function refusalOf(token: string, order: number, now: number): StoredToken {
  return { token, order, expiresAt: now + requestLimitMs, refreshAt: Number.POSITIVE_INFINITY, isRefused: true, lastRefusal: order };
}
