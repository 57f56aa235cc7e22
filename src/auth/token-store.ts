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

/** Tokens of more tenants than this are not kept: the least recently used goes first. A token takes about 2 KiB. */
export const mostTenants = 10_000;
/** How often expired tokens are looked for, in milliseconds. */
const sweepEveryMs = 60_000;

/**
 * Keeps the tokens. What has expired is dropped by the next call after a minute: a timer would keep a process alive, and some runtimes
 * allow none between requests.
 */
export function createTokenStore(): TokenStore {
  /** In the order of their last use. */
  const tokens = new Map<string, StoredToken>();
  let lastUsed: string | undefined;
  let sweepAt = 0;

  const sweep = (now: number) => {
    sweepAt = now + sweepEveryMs;
    for (const [tenant, { expiresAt }] of tokens) if (expiresAt <= now) tokens.delete(tenant);
  };
  const put = (tenant: string, stored: StoredToken) => {
    tokens.delete(tenant);
    tokens.set(tenant, stored);
    lastUsed = tenant;
  };

  return {
    get(tenant, now) {
      if (now >= sweepAt) sweep(now);
      const stored = tokens.get(tenant);
      // The tenant that was used last stands at its place already: with one tenant nothing is ever moved.
      if (stored !== undefined && tenant !== lastUsed) put(tenant, stored);
      return stored;
    },
    set(tenant, stored, now) {
      if (now >= sweepAt) sweep(now);
      put(tenant, stored);
      if (tokens.size <= mostTenants) return;
      const [leastUsed] = tokens.keys();
      if (leastUsed !== undefined) tokens.delete(leastUsed);
    },
  };
}
