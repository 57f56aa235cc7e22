import type { TokenCredential } from "../auth/credential.ts";
import type { GraphFetch } from "../http/exchange.ts";
import { callNotification, refusal } from "./fake-answers.ts";
import { createCalls } from "./fake-calls.ts";
import { createFakeClock, type FakeClock } from "./fake-clock.ts";
import { createObservers, type FakeRecorder, type FakeSink, type OwnRecorder, type OwnSink } from "./fake-observers.ts";
import { createService } from "./fake-service.ts";
import type { FakeStep } from "./fake-step.ts";
import { judgeRun, judgeSoFar } from "./order-monitor.ts";
import { readPlan } from "./read-plan.ts";
import type { TraceEvent, UntimedEvent } from "./trace.ts";

/** A stateful Graph in memory, behind a `fetch` function. Ids of calls are compared as the service writes them: dashes and case aside. */
export type FakeGraph = {
  /** The root of its service: pass it, `fetch` and `credential` to `createRecordingClient`, and `clock` as the second argument. */
  readonly baseUrl: string;
  /** Answers every request by itself: nothing leaves the process. */
  readonly fetch: GraphFetch;
  /** Gives the token that the fake accepts; it is valid by the time of `clock`. */
  readonly credential: TokenCredential;
  /** The time of the fake, and of a client that was made with it. */
  readonly clock: FakeClock;
  /**
   * Makes a call exist; one that was added before starts anew. A report on any other is answered with 422 and the words to add it, and
   * `violations()` says so: Graph itself answers with 404/8522, as the fake does after `endCall`.
   */
  addCall(id: string): void;
  /**
   * Ends a call: reports and polls are answered with 404/8522, and those who listen by `onNotification` are told that the call is over. What is
   * persisted after this is a violation, unless a recorder is just stopping.
   * @throws {Error} For a call that was never added.
   */
  endCall(id: string): void;
  /**
   * What to do with the next reports, in the order of their arrival; a step with a `callId` waits for a report of that call. After the last
   * step: `completed`. `polls` and `unreadable` of a step are about the polls of the operation that the report made.
   * @throws {TypeError} For a key that there is not, or a value that it cannot have.
   * @throws {Error} For a call that was never added.
   */
  script(plan: FakeStep | readonly FakeStep[]): void;
  /**
   * Receives what Graph would post to the bot, the body of a notification: when a pending operation ends, and when a call is over. Hand it to
   * `graph.notifications.handle`, or sign it and post it to your webhook. Returns what takes the listener away.
   */
  onNotification(listener: (payload: unknown) => void): () => void;
  /** Everything that happened: reports and answers, what recorders and sinks of the fake noted, and what the test adds by `note`. */
  readonly history: TraceEvent[];
  /**
   * A recorder for `startRecording` and `withRecording` that notes itself in the history, around the test's own if there is one.
   * @throws {Error} For a call that was never added.
   */
  recorder(callId: string, own?: OwnRecorder): FakeRecorder;
  /**
   * A writable stream that notes each chunk as persisted when it arrives, and its close or abort; `write(chunk)` does single writes. Whatever
   * the test's own sink behind it returns a promise for is under way until that has settled.
   * @throws {Error} For a call that was never added.
   */
  sink<T = unknown>(callId: string, own?: OwnSink<T>): FakeSink<T>;
  /** Adds what something else of the test's did, at this moment. */
  note(event: UntimedEvent): void;
  /** The status that is in effect for a call. */
  statusOf(id: string): string | undefined;
  /**
   * Where the run broke the terms of use, when the bot is done; empty when it kept them. One sentence each: the call, the time since the fake
   * was made in milliseconds, what happened, and which of the terms it breaks. A status that is left on `recording` counts, whoever is to
   * blame; and so does a run of which nothing was observed. It judges by reports and by what was noted: that a permit was revoked by an
   * abort it cannot know.
   */
  violations(): string[];
};

/** What a fake is made of. */
export type FakeGraphOptions = {
  /** Its time. @default a clock of its own, which stands still */
  clock?: FakeClock | undefined;
};

const token = "token-of-the-fake-graph";

/**
 * Makes a fake Graph: no dependency, no port, no time of its own. Its answers keep to the spec.
 * @example
 * ```ts
 * import { createRecordingClient } from "teams-recording-status";
 * import { createFakeGraph } from "teams-recording-status/testing";
 *
 * const fake = createFakeGraph();
 * fake.addCall("my-call");
 * const { baseUrl, fetch, credential, clock } = fake;
 * const graph = createRecordingClient({ baseUrl, fetch, credential }, clock);
 *
 * const run = graph.withRecording("my-call", (permit) => permit.pipe(transcript, fake.sink("my-call")));
 * await clock.advance(60_000, { until: run });
 * await run;
 * console.log(fake.violations()); // []
 * ```
 */
export function createFakeGraph({ clock = createFakeClock() }: FakeGraphOptions = {}): FakeGraph {
  return createFake({ clock, origin: "http://localhost", accepts: (authorization) => authorization === `Bearer ${token}` });
}

/** Where a fake is, and its own mind about tokens. */
export type FakeSetting = {
  readonly clock: FakeClock;
  readonly origin: string;
  readonly accepts: (authorization: string | null) => boolean;
};

/** The fake at an origin. */
export function createFake(setting: FakeSetting): FakeGraph {
  return createWatchedFake(setting).fake;
}

/** The fake, and what a person who watches it needs: the operations behind it, and the violations that no later event can mend. */
export function createWatchedFake(setting: FakeSetting) {
  const { clock, origin } = setting;
  const from = clock.monotonicNow();
  const calls = createCalls(clock);
  const service = createService(clock, origin, calls);
  const violationsSoFar = () => judgeSoFar(calls.history, { from, found: calls.found });
  return { fake: fakeOf(setting, from, calls, service), operations: service.operations, violationsSoFar };
}

function fakeOf(
  { clock, origin, accepts }: FakeSetting,
  from: number,
  calls: ReturnType<typeof createCalls>,
  service: ReturnType<typeof createService>,
): FakeGraph {
  const { watched, recorder, sink } = createObservers(calls);
  return {
    baseUrl: `${origin}/v1.0`,
    credential: { getToken: async () => ({ token, expiresOnTimestamp: clock.now() + 3_600_000 }) },
    clock,
    history: calls.history,
    note: calls.note,
    async fetch(url, init) {
      init.signal?.throwIfAborted();
      if (!accepts(new Headers(init.headers).get("authorization"))) return refusal(401, "InvalidAuthenticationToken", "No token.");
      const { id, action, operationId } = readPath(url);
      if (action === "updateRecordingStatus" && init.method === "POST") return service.report(id, init);
      if (action === "operations" && (init.method ?? "GET") === "GET") return service.read(id, operationId, init);
      return refusal(404, "UnknownError", "No such path.");
    },
    addCall: calls.add,
    endCall(id) {
      const call = calls.get(id);
      if (!calls.end(call)) return;
      for (const listener of service.listeners) listener(callNotification(call.id));
    },
    script(plan) {
      const steps = readPlan(plan);
      for (const { callId } of steps) if (callId !== undefined) calls.get(callId);
      service.steps.push(...steps);
    },
    onNotification(listener) {
      service.listeners.add(listener);
      return () => service.listeners.delete(listener);
    },
    recorder,
    sink,
    statusOf: (id) => calls.find(id)?.status,
    violations: () => judgeRun(calls.history, { from, to: clock.monotonicNow(), watched, found: calls.found }),
  };
}

/** The parts of a path; empty ones for any other, also for one that nobody could have encoded. */
function readPath(url: string): { id: string; action: string; operationId: string } {
  const [, id = "", action = "", operationId = ""] =
    /\/communications\/calls\/([^/]+)\/(updateRecordingStatus|operations)(?:\/([^/]+))?$/.exec(new URL(url).pathname) ?? [];
  try {
    return { id: decodeURIComponent(id), action, operationId: decodeURIComponent(operationId) };
  } catch {
    return { id: "", action: "", operationId: "" };
  }
}
