/** What the client needs of a credential: any Azure `TokenCredential` fits. Structural, so that the core does not depend on `@azure/identity`. */
export type TokenCredential = {
  /** Gives a token for the scope, or null. */
  getToken(scopes: string | string[], options?: TokenRequestOptions): Promise<AccessToken | null>;
};

/** How the client asks for a token. */
export type TokenRequestOptions = {
  /** Aborted when nobody waits for the token any more, and after 20 s. */
  abortSignal?: AbortSignal;
  /** The tenant of the call, for multi-tenant bots. */
  tenantId?: string;
  /** The claims of a challenge that the next token must carry. */
  claims?: string;
  /** Whether the token may be of the kind that continuous access evaluation can revoke. */
  enableCae?: boolean;
};

/** A token and its end. */
export type AccessToken = {
  /** What is sent as Bearer. */
  token: string;
  /** Milliseconds since the epoch. */
  expiresOnTimestamp: number;
  /** When to ask for the next one; milliseconds since the epoch. */
  refreshAfterTimestamp?: number;
};
