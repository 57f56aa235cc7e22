import {
  createRecordingClient,
  type GraphFetch,
  type RecordingClient,
  type RecordingClientOptions,
  type TokenCredential,
} from "teams-recording-status";

/** Where to send: a root, or a cloud by the names of the spec. Strings, because the spec is walked: a wrong one is the client's to refuse. */
export type Target = { readonly baseUrl: string; readonly cloud?: string } | { readonly cloud?: string; readonly version?: string };

export type ConnectOptions = {
  readonly fetch?: GraphFetch;
  readonly credential?: TokenCredential;
  readonly attemptTimeoutMs?: number;
  readonly deadlineMs?: number;
};

export const token = "a-token-that-no-error-may-hold";

/** The one place where the contract tests make an ergonomic client: defaults that every test needs belong here. */
export function connect(target: Target, options: ConnectOptions = {}): RecordingClient {
  // Without retries: what a single answer means is the contract; how it is repeated is not.
  const defaults = { credential: observeCredential().credential, attemptTimeoutMs: 3_000, retry: { limit: 0 } };
  return createRecordingClient({ ...defaults, ...target, ...options } as RecordingClientOptions);
}

/** A credential that keeps a record of what it was asked for. */
export function observeCredential(answer: string | null = token) {
  const asked: (string | string[])[] = [];
  const credential: TokenCredential = {
    async getToken(scopes) {
      asked.push(scopes);
      return answer === null ? null : { token: answer, expiresOnTimestamp: Date.now() + 3_600_000 };
    },
  };
  return { credential, asked };
}
