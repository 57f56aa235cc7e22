import { inspect } from "node:util";
import {
  type AnyRecordingStatusError,
  type AttemptRecord,
  type ClientRuntime,
  createRecordingClient,
  isRecordingStatusError,
  type RecordingClient,
  type RecordingClientOptions,
  type RecordingOperation,
} from "../../src/index.ts";

export const callId = "57dab8b1-894c-409a-b240-bd8beae78896";
export const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export type ClientOptions = Partial<Omit<Extract<RecordingClientOptions, { baseUrl: string }>, "baseUrl">>;

/** Its tokens end far ahead by the real clock and by virtual ones: a token that has ended is refused. */
export const credentialOf = (token: string) => ({
  getToken: async () => ({ token, expiresOnTimestamp: Date.UTC(2100, 0, 1) }),
});

/** A client of the server, without jitter, that keeps its records. A test about time sets its own: a busy machine must not fail the others. */
export function connect(url: string, options: ClientOptions = {}, runtime: Partial<ClientRuntime> = { random: () => 0 }) {
  const records: AttemptRecord[] = [];
  const defaults = { credential: credentialOf("a-token"), attemptTimeoutMs: 3_000, deadlineMs: 9_000 };
  const graph = createRecordingClient({ ...defaults, onAttempt: (record) => records.push(record), ...options, baseUrl: url }, runtime);
  return { graph, records };
}

export function report(graph: RecordingClient, options = {}, id = callId): Promise<RecordingOperation> {
  return graph.updateRecordingStatus(id, { status: "recording", clientContext: "context-1" }, options);
}

/** The error that a call rejects with: one of the library's own, whatever happened. */
export async function failureOf(call: Promise<unknown>): Promise<AnyRecordingStatusError> {
  const outcome = await call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if (!("error" in outcome)) throw new Error(`resolved with ${inspect(outcome.value)}`);
  if (!isRecordingStatusError(outcome.error)) throw new Error(`rejected with ${inspect(outcome.error)}`, { cause: outcome.error });
  return outcome.error;
}

/** A promise whose state can be looked at. */
export function watch<T>(promise: Promise<T>) {
  const seen: { done: boolean; value?: T; error?: AnyRecordingStatusError } = { done: false };
  promise.then(
    (value) => Object.assign(seen, { done: true, value }),
    (error) => Object.assign(seen, { done: true, error }),
  );
  return seen;
}

/** As `fetch`: never answers, and ends with its signal. */
export const silence = (init: RequestInit): Promise<Response> =>
  new Promise((_, reject) => {
    const { signal } = init;
    if (signal?.aborted) reject(signal.reason);
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
  });

export const completedResponse = (more: object = {}) => Response.json({ id: "op-1", status: "completed", ...more });
export const statusResponse = (status: number, headers: Record<string, string> = {}) =>
  Response.json({ error: { code: "x", message: "m" } }, { status, headers });
