import { createTokenCache, type Token, type TokenRequest } from "../../src/auth/token-cache.ts";
import type { AccessToken, TokenCredential, TokenRequestOptions } from "../../src/index.ts";
import { outcome } from "./observed-client.ts";
import { createVirtualClock } from "./virtual-clock.ts";

export const minute = 60_000;

type Asked = {
  readonly scope: unknown;
  readonly options: TokenRequestOptions;
  readonly answer: (token: AccessToken | null) => void;
  readonly fail: (error: unknown) => void;
};

const text = async (given: Promise<Token>) => (await given).token;

/** A cache over a credential that the test answers by hand, and a wall clock that the test can put forward or back by itself. */
export function createCache() {
  const clock = createVirtualClock(Date.UTC(2026, 10, 26));
  let wallAheadMs = 0;
  const runtime = { ...clock.runtime, now: () => clock.runtime.now() + wallAheadMs };
  const asked: Asked[] = [];
  const credential: TokenCredential = {
    getToken: (scope, options = {}) => new Promise((answer, fail) => asked.push({ scope, options, answer, fail })),
  };
  const cache = createTokenCache({ credential, scope: "scope/.default" }, runtime);
  const ask = (request: Partial<TokenRequest> = {}) => outcome(text(cache.get({ signal: new AbortController().signal, ...request })));
  const get = (tenantId?: string, signal = new AbortController().signal) => ask({ tenantId, signal });
  const token = (name: string, lifeMs = 60 * minute, more: Partial<AccessToken> = {}): AccessToken => ({
    token: name,
    expiresOnTimestamp: runtime.now() + lifeMs,
    ...more,
  });
  const stepWallClock = (ms: number) => {
    wallAheadMs += ms;
  };
  /** Requests whose signal is not aborted, so that they may still be answered. */
  const underWay = () => asked.filter(({ options }) => !options.abortSignal?.aborted).length;
  return { clock, runtime, asked, cache, ask, get, token, stepWallClock, underWay };
}
