// Which failed attempts of a report are repeated, and how often: pure decisions.

/** What a failed attempt ended with. */
export type AttemptFailure = { readonly code: string; readonly status?: number | undefined; readonly retryable: boolean };

/** How a report is repeated. `refusedTokens` counts the attempts before this one that were answered with 401. */
export type RetryPolicy = {
  readonly limit: number;
  readonly untilDeadline: boolean;
  readonly mayRepeat: (failure: AttemptFailure, refusedTokens: number) => boolean;
};

/** The policy of every report but the closing one. */
export function limitedRetries(limit: number): RetryPolicy {
  return { limit, untilDeadline: false, mayRepeat: ({ retryable }) => retryable };
}

/**
 * The policy of the closing report, the one report that must arrive: until its deadline, whatever may be different next time. A token that
 * Graph refused is replaced once.
 */
export const insistentRetries: RetryPolicy = {
  limit: Number.POSITIVE_INFINITY,
  untilDeadline: true,
  mayRepeat({ code, status, retryable }, refusedTokens) {
    if (status === 401) return refusedTokens === 0;
    return retryable || code === "CREDENTIAL" || code === "BAD_ANSWER" || status === 408 || (status !== undefined && status >= 500);
  },
};
