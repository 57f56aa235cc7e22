import { type AttemptRecord, createRecordingClient, type RecordingClientOptions } from "../../src/index.ts";
import { operationOnTheWire } from "../support/on-the-wire.ts";
import { outcome } from "../support/outcome.ts";
import { createVirtualClock } from "./virtual-clock.ts";

export type Sent = {
  readonly at: number;
  readonly url: string;
  readonly headers: Headers;
  readonly body: unknown;
  readonly signal: AbortSignal;
};
export type Handler = (sent: Sent, count: number) => Response | Promise<Response>;

export const completed = (more: object = {}) => Response.json(operationOnTheWire({ id: "op", status: "completed", ...more }));
export const status = (code: number, headers: Record<string, string> = {}) =>
  Response.json({ error: { code: "x", message: "m" } }, { status: code, headers });
/** An answer that never comes, but ends with its signal as `fetch` does. */
export const silence = (signal: AbortSignal) =>
  new Promise<Response>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

/** A real client with virtual time, whose `fetch` is the handler; everything that it sends and records is kept. */
export function createObservedClient(handler: Handler, options: Partial<RecordingClientOptions> = {}) {
  const clock = createVirtualClock();
  const sent: Sent[] = [];
  const records: AttemptRecord[] = [];
  const graph = createRecordingClient(
    {
      credential: { getToken: async () => ({ token: "secret-token", expiresOnTimestamp: clock.runtime.now() + 3_600_000 }) },
      fetch: async (url, init) => {
        const signal = init.signal as AbortSignal;
        const seen = {
          at: clock.runtime.now(),
          url,
          headers: new Headers(init.headers),
          body: init.body === undefined ? undefined : JSON.parse(String(init.body)),
          signal,
        };
        sent.push(seen);
        return handler(seen, sent.length);
      },
      onAttempt: (record) => records.push(record),
      ...options,
    } as RecordingClientOptions,
    clock.runtime,
  );
  const report = (state: "recording" | "notRecording" | "failed", callId = "c", more = {}) =>
    outcome(graph.updateRecordingStatus(callId, { status: state }, more));
  return { graph, clock, sent, records, report, statuses: () => sent.map(({ body }) => (body as { status?: string } | undefined)?.status) };
}

export { outcome };
