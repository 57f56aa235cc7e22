/** A token that was received. Times are milliseconds of the monotonic clock: a step of the wall clock changes none of them. */
export type StoredToken = {
  readonly token: string;
  /** Its place in the order of requests and refusals: what has a higher one is newer. */
  readonly order: number;
  /** When it expires. */
  readonly expiresAt: number;
  /** From when on it is replaced in the background. */
  refreshAt: number;
  /** Whether Graph refused it: it is not sent again, and says what was refused. */
  isRefused: boolean;
  /** The order of the last refusal of a token of the tenant; 0 when there was none. */
  readonly lastRefusal: number;
};

/** Tokens by tenant. The times that are passed in are the monotonic clock's, in milliseconds. */
export type TokenStore = {
  get(tenant: string, now: number): StoredToken | undefined;
  set(tenant: string, stored: StoredToken, now: number): void;
};

/** Tokens of more tenants than this are not kept: the least recently used goes first. */
export const mostTenants = 10_000;
/** How often expired tokens are looked for, and how exactly the order of use is kept, in milliseconds. */
const sweepEveryMs = 60_000;

/**
 * Keeps the tokens. What has expired is dropped by the first call after a minute: a timer would keep a process alive, and some runtimes
 * allow none between requests.
 */
export function createTokenStore(): TokenStore {
  /** In the order of their use, to the minute: a token that is used all the time is not moved each time. */
  const places = new Map<string, { readonly stored: StoredToken; readonly since: number }>();
  let sweepAt = Number.NEGATIVE_INFINITY;

  const sweep = (now: number) => {
    sweepAt = now + sweepEveryMs;
    for (const [tenant, { stored }] of places) if (stored.expiresAt <= now) places.delete(tenant);
  };
  const putLast = (tenant: string, stored: StoredToken, now: number) => {
    places.delete(tenant);
    places.set(tenant, { stored, since: now });
  };

  return {
    get(tenant, now) {
      if (now >= sweepAt) sweep(now);
      const place = places.get(tenant);
      if (place !== undefined && now - place.since >= sweepEveryMs) putLast(tenant, place.stored, now);
      return place?.stored;
    },
    set(tenant, stored, now) {
      putLast(tenant, stored, now);
      if (places.size <= mostTenants) return;
      const [leastUsed] = places.keys();
      if (leastUsed !== undefined) places.delete(leastUsed);
    },
  };
}
