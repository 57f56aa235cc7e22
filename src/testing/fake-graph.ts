import type { TokenCredential } from "../auth/credential.ts";
import type { GraphFetch } from "../http/exchange.ts";
import { callKey } from "../model/call-id.ts";
import { refusal } from "./fake-answers.ts";
import { createFakeClock, type FakeClock } from "./fake-clock.ts";
import { createService } from "./fake-service.ts";
import type { FakeStep } from "./fake-step.ts";
import type { TraceEvent, UntimedEvent } from "./order-monitor.ts";

/** A stateful Graph in memory, behind a `fetch` function. */
export type FakeGraph = {
  /** Pass these three, and `clock` as the second argument, to `createRecordingClient`. */
  readonly baseUrl: string;
  readonly fetch: GraphFetch;
  readonly credential: TokenCredential;
  readonly clock: FakeClock;
  /** Makes a call exist: reports on any other are answered with 404/8522. */
  addCall(id: string): void;
  /** Ends it. */
  endCall(id: string): void;
  /** What to do with the next reports, in the order of their arrival; after the last step, `completed`. */
  script(plan: FakeStep | readonly FakeStep[]): void;
  /** Receives what Graph would post to the bot: the body of a notification. Returns what takes the listener away. */
  onNotification(listener: (payload: unknown) => void): () => void;
  /** Everything that happened, for `findOrderViolations`: reports and answers, and what the test adds by `note`. */
  readonly history: TraceEvent[];
  /** Adds what the test's own recorder did. */
  note(event: UntimedEvent): void;
  /** The status that is in effect for a call. */
  statusOf(id: string): string | undefined;
};

const origin = "http://localhost";
const token = "token-of-the-fake-graph";

/** Makes a fake Graph: no dependency, no port, no time of its own. Its answers keep to the spec. */
export function createFakeGraph({ clock = createFakeClock() }: { clock?: FakeClock } = {}): FakeGraph {
  const service = createService(clock, origin);
  const { calls, history, note, steps, listeners } = service;
  return {
    baseUrl: `${origin}/v1.0`,
    credential: { getToken: async () => ({ token, expiresOnTimestamp: clock.now() + 3_600_000 }) },
    clock,
    history,
    note,
    async fetch(url, init) {
      init.signal?.throwIfAborted();
      if (new Headers(init.headers).get("authorization") !== `Bearer ${token}`)
        return refusal(401, "InvalidAuthenticationToken", "No token.");
      const [, id = "", action, operationId = ""] =
        /\/communications\/calls\/([^/]+)\/(updateRecordingStatus|operations)(?:\/([^/]+))?$/.exec(url) ?? [];
      if (action === "updateRecordingStatus" && init.method === "POST") return service.report(decodeURIComponent(id), init);
      return action === "operations" ? service.read(decodeURIComponent(operationId)) : refusal(404, "UnknownError", "No such path.");
    },
    addCall: (id) => void calls.set(callKey(id), { id, status: "notRecording", over: false }),
    endCall(id) {
      const call = calls.get(callKey(id));
      if (call === undefined || call.over) return;
      call.over = true;
      note({ type: "callGone", callId: call.id });
    },
    script: (plan) => void steps.push(...[plan].flat()),
    onNotification(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    statusOf: (id) => calls.get(callKey(id))?.status,
  };
}
