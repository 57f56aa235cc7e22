import { CredentialError, closedError } from "../model/errors.ts";
import type { Ending } from "../waiting/ending.ts";
import { beginLifetime } from "../waiting/lifetime.ts";
import type { ClientRuntime } from "../waiting/runtime.ts";
import { createSingleFlight } from "../waiting/single-flight.ts";
import type { AccessToken, TokenCredential, TokenRequestOptions } from "./credential.ts";

/** A token for the next request. */
export type TokenRequest = {
  readonly tenantId?: string | undefined;
  readonly signal: AbortSignal;
  /** The claims of a challenge, and the token that was challenged. */
  readonly challenge?: { readonly claims: string; readonly token: string } | undefined;
};

/** A token, and whether it has come too near its end since it was given. One that came so near already is sent once all the same. */
export type Token = { readonly token: string; readonly isStale: () => boolean };

export type TokenCache = {
  /** A token that is not expired. Rejects with CREDENTIAL, or with the signal's reason. */
  get(request: TokenRequest): Promise<Token>;
  /** Forgets a token that Graph refused. */
  forget(token: string, tenantId: string | undefined): void;
};

type Entry = { readonly token: string; readonly expiresAt: number; refreshAt: number };
type Settings = {
  readonly credential: TokenCredential;
  readonly scope: string;
  readonly refreshTimeoutMs: number;
  readonly clientEnd?: Ending;
};

/** A token this close to its end is not sent: it would expire on the way. */
const leastLifeMs = 2_000;
/** How long before its end a token is replaced, unless the credential says so itself. */
const refreshAheadMs = 5 * 60_000;
/** After a refresh in the background that failed, the next one waits this long: the old token is still good. */
const refreshPauseMs = 10_000;

/**
 * Tokens by tenant. One request is in flight however many callers wait for it; a token is replaced ahead of its end without making anybody
 * wait; a failure is not kept.
 */
export function createTokenCache({ credential, scope, refreshTimeoutMs, clientEnd }: Settings, runtime: ClientRuntime): TokenCache {
  const entries = new Map<string, Entry>();
  const requests = createSingleFlight<Entry>();

  const request = (tenantId: string | undefined, claims: string | undefined, signal: AbortSignal): Promise<Entry> => {
    const start = async (abortSignal: AbortSignal) => {
      const entry = toEntry(await requestToken(credential, scope, tokenOptions(tenantId, claims, abortSignal)), runtime.now());
      // A request that nobody waits for any more may answer late: what came since is newer.
      if (!abortSignal.aborted) entries.set(tenantId ?? "", entry);
      return entry;
    };
    return requests.join(JSON.stringify([tenantId, claims]), start, signal);
  };

  const refreshInBackground = (entry: Entry, tenantId: string | undefined) => {
    entry.refreshAt = runtime.now() + refreshPauseMs;
    const onLimit = () => new CredentialError("The credential did not answer in time.");
    const lifetime = beginLifetime(runtime, {
      limitMs: refreshTimeoutMs,
      onLimit,
      ending: clientEnd && { of: clientEnd, error: () => closedError() },
    });
    request(tenantId, undefined, lifetime.signal)
      .catch(() => {})
      .finally(lifetime.dispose);
  };

  const isUsable = ({ expiresAt }: Entry) => runtime.now() < expiresAt - leastLifeMs;
  const give = (entry: Entry): Token => {
    const wasUsable = isUsable(entry);
    return { token: entry.token, isStale: () => wasUsable && !isUsable(entry) };
  };

  return {
    async get({ tenantId, signal, challenge }) {
      signal.throwIfAborted();
      const entry = entries.get(tenantId ?? "");
      const now = runtime.now();
      const usable = entry !== undefined && isUsable(entry);
      if (challenge !== undefined && (!usable || entry.token === challenge.token)) {
        return give(await request(tenantId, challenge.claims, signal));
      }
      if (!usable) return give(await request(tenantId, undefined, signal));
      if (now >= entry.refreshAt) refreshInBackground(entry, tenantId);
      return give(entry);
    },
    forget(token, tenantId) {
      if (entries.get(tenantId ?? "")?.token === token) entries.delete(tenantId ?? "");
    },
  };
}

function tokenOptions(tenantId: string | undefined, claims: string | undefined, abortSignal: AbortSignal): TokenRequestOptions {
  return {
    abortSignal,
    enableCae: true,
    ...(tenantId === undefined ? {} : { tenantId }),
    ...(claims === undefined ? {} : { claims }),
  };
}

/** A token that can be sent. @throws CREDENTIAL */
async function requestToken(credential: TokenCredential, scope: string, options: TokenRequestOptions): Promise<AccessToken> {
  const answer = await ask(credential, scope, options);
  const token: unknown = answer?.token;
  // Visible ASCII: what can stand in a header (RFC 9110 §5.5), without the spaces and line breaks that could end it.
  if (typeof token === "string" && /^[\x21-\x7e]+$/.test(token)) return answer as AccessToken;
  const kind = typeof token !== "string" || token === "" ? "no token" : "a token with characters that no token has";
  throw new CredentialError(`The credential answered with ${kind} for ${scope}; nothing was sent.`, {
    hint: "Check which credential is in use and how it is configured.",
  });
}

/** A credential that throws instead of rejecting is no different. */
async function ask(credential: TokenCredential, scope: string, options: TokenRequestOptions): Promise<AccessToken | null> {
  try {
    return await credential.getToken(scope, options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CredentialError(`The credential gave no token for ${scope}: ${reason.replace(/[.\s]*$/, ".")}`, {
      cause: error,
      hint: "Nothing was sent. The credential's own message above says what to mend.",
    });
  }
}

/** A token whose end is missing or past is used once, by those who waited for it: the credential vouches for it, the cache does not. */
function toEntry({ token, expiresOnTimestamp, refreshAfterTimestamp }: AccessToken, now: number): Entry {
  const expiresAt = Number.isFinite(expiresOnTimestamp) ? expiresOnTimestamp : now;
  const ahead = Math.min(refreshAheadMs, (expiresAt - now) / 2);
  const refreshAt = Number.isFinite(refreshAfterTimestamp) ? (refreshAfterTimestamp as number) : expiresAt - ahead;
  // A credential may give the same token again with a time that has passed: it is not asked at every report.
  return { token, expiresAt, refreshAt: Math.max(refreshAt, now + refreshPauseMs) };
}
