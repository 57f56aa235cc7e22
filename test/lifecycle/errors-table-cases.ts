// How each error of docs/errors.md's table comes about, what it must say, and the way back from it.
import { createRecordingClient, type RecordingClient } from "teams-recording-status";
import { createNotificationVerifier } from "teams-recording-status/notifications";
import { createFakeClock } from "teams-recording-status/testing";
import { outcome } from "../support/outcome.ts";
import { createScriptedGraph, type GraphStep } from "../support/scripted-graph.ts";
import { callId } from "./harness.ts";

const recorder = { start: () => {}, stop: () => {} };

export function createWorld(steps: readonly GraphStep[], options: object = {}) {
  const clock = createFakeClock();
  const server = createScriptedGraph();
  server.script(...steps);
  const make = () =>
    createRecordingClient(
      {
        baseUrl: "http://localhost/v1.0",
        fetch: server.fetch,
        credential: server.credential,
        deadlineMs: 20_000,
        retry: { limit: 1 },
        ...options,
      },
      clock,
    );
  return { clock, server, graph: make(), make };
}
export type World = ReturnType<typeof createWorld>;
const report = (graph: RecordingClient, options = {}, status: "recording" | "notRecording" = "recording") =>
  graph.updateRecordingStatus(callId, { status }, options);

/** How an error comes about, and what its `mayBeInEffect` must say. */
export type Case = {
  readonly what: string;
  readonly steps?: readonly GraphStep[];
  readonly options?: object;
  readonly prepare?: (world: World) => unknown;
  readonly act: (world: World) => Promise<unknown>;
  readonly mayBe: boolean;
  /** The way back of the row, to its end: afterwards this status is in effect. */
  readonly back?: (world: World) => Promise<unknown>;
  readonly inEffect?: string;
};
const again = { back: ({ graph }: World) => report(graph), inEffect: "recording" };
const reportFailed = { back: ({ graph }: World) => graph.updateRecordingStatus(callId, { status: "failed" }), inEffect: "failed" };
const lost: GraphStep = { lose: "answer" };
const plain = ({ graph }: World) => report(graph);
/** Does something while the report is under way. */
const meanwhile = (world: World, afterMs: number, what: () => void, options = {}) => {
  world.clock.schedule(what, afterMs);
  return report(world.graph, options);
};
const aborting = (world: World, afterMs: number) => {
  const abort = new AbortController();
  return meanwhile(world, afterMs, () => abort.abort("enough"), { signal: abort.signal });
};
const superseding = (world: World) => meanwhile(world, 1, () => void outcome(report(world.graph, {}, "notRecording")));

/** A journal whose `opened` does this, each time the next of them. */
const journalled = (...opened: readonly (() => unknown)[]) => {
  let times = 0;
  return { journal: { opened: () => opened[times++]?.(), closed: () => {}, claimOrphans: () => [], close: () => {} } };
};
const rejected = () => Promise.reject(new Error("the disk is full"));
/** A lease that is over after the first attempt. */
const brief = (asked = 0) => ({ permits: () => true, mayReport: () => asked++ < 1, confirm: async () => false, onLost: () => {} });

export const cases: { readonly [code: string]: readonly Case[] } = {
  BAD_INPUT: [
    {
      what: "a misspelt status",
      act: ({ graph }) => graph.updateRecordingStatus(callId, { status: "recordin" } as never),
      mayBe: false,
      ...again,
    },
  ],
  UNSUPPORTED_CLOUD: [
    {
      what: "China",
      act: async () => createRecordingClient({ credential: { getToken: async () => null }, cloud: "china" as never }),
      mayBe: false,
    },
  ],
  CREDENTIAL: [
    { what: "at once", prepare: ({ server }) => Object.assign(server.credential, { failures: 1 }), act: plain, mayBe: false, ...again },
    {
      what: "after a lost attempt",
      steps: [lost],
      prepare({ server: { credential }, clock }) {
        const tooSoon = clock.now() + 2_050;
        // Its first token is too near its end for a second attempt; the next request for one fails.
        credential.expiresOn = () => {
          credential.failures = 1;
          return tooSoon;
        };
      },
      act: plain,
      mayBe: true,
      back: async ({ graph, server: { credential } }) => {
        credential.expiresOn = () => Date.UTC(2100, 0, 1);
        return report(graph);
      },
      inEffect: "recording",
    },
  ],
  HTTP: [
    { what: "403", steps: [{ http: 403, code: "8506" }], act: plain, mayBe: false, ...again },
    { what: "302", steps: [{ http: 302, headers: { location: "http://localhost/" } }], act: plain, mayBe: false, ...again },
    { what: "408", steps: [{ http: 408, applies: true }], act: plain, mayBe: true, ...again },
    { what: "507", steps: [{ http: 507, applies: true }], act: plain, mayBe: true, ...again },
    { what: "403 after a lost attempt", steps: [lost, { http: 403 }], act: plain, mayBe: true, ...reportFailed },
  ],
  THROTTLED: [
    {
      what: "at once",
      steps: [{ http: 429, headers: { "retry-after": "30" } }],
      act: plain,
      mayBe: false,
      back: async ({ graph, clock }) => [await clock.advance(30_000), await report(graph)],
      inEffect: "recording",
    },
    {
      what: "after a lost attempt",
      steps: [lost, { http: 429, headers: { "retry-after": "30" } }],
      act: plain,
      mayBe: true,
      back: async ({ graph, clock }) => [await clock.advance(30_000), await report(graph)],
      inEffect: "recording",
    },
  ],
  OPERATION_FAILED: [
    { what: "at once", steps: [{ operation: "failed" }], act: plain, mayBe: false, ...again },
    { what: "after a lost attempt", steps: [lost, { operation: "failed" }], act: plain, mayBe: true, ...reportFailed },
    {
      what: "found by a poll",
      steps: [{ operation: "running", becomes: "failed" }],
      act: ({ graph }) => graph.startRecording(callId, { recorder }),
      mayBe: false,
      back: ({ graph }) => graph.startRecording(callId, { recorder }),
      inEffect: "recording",
    },
  ],
  BAD_ANSWER: [{ what: "HTML", steps: [{ garbage: "<html>" }], act: plain, mayBe: true, ...reportFailed }],
  OUTCOME_UNKNOWN: [
    {
      what: "a poll that is refused",
      steps: [{ operation: "running", pollStatus: 403 }],
      act: async ({ graph }) => graph.waitForOperation(callId, await report(graph)),
      mayBe: true,
      ...reportFailed,
    },
    {
      what: "a poll that is not found until the deadline",
      steps: [{ operation: "running", pollStatus: 404 }],
      act: async ({ graph }) => graph.waitForOperation(callId, await report(graph)),
      mayBe: true,
      ...reportFailed,
    },
  ],
  NETWORK: [
    { what: "answers that are lost", steps: [lost, lost], act: plain, mayBe: true, ...again },
    { what: "requests that are lost", steps: [{ lose: "request" }, { lose: "request" }], act: plain, mayBe: true, ...reportFailed },
  ],
  TIMEOUT: [
    {
      what: "no answer",
      steps: [{ silent: true }, { silent: true }],
      options: { attemptTimeoutMs: 1_000 },
      act: plain,
      mayBe: true,
      ...again,
    },
  ],
  DEADLINE: [
    {
      what: "an attempt under way",
      steps: [{ silent: true }],
      act: ({ graph }) => report(graph, { deadlineMs: 1_000 }),
      mayBe: true,
      ...again,
    },
    { what: "nothing left", act: ({ graph }) => report(graph, { deadlineMs: 0 }), mayBe: false, ...again },
  ],
  ABORTED: [
    { what: "before it left", act: ({ graph }) => report(graph, { signal: AbortSignal.abort() }), mayBe: false },
    {
      what: "while an attempt was under way",
      steps: [{ silent: true }],
      act: (world) => aborting(world, 100),
      mayBe: true,
      back: ({ graph }) => report(graph, {}, "notRecording"),
      inEffect: "notRecording",
    },
  ],
  SUPERSEDED: [
    {
      what: "after a lost attempt",
      steps: [lost],
      act: superseding,
      mayBe: true,
      back: async () => {},
      inEffect: "notRecording",
    },
    {
      what: "after a refusal",
      steps: [{ http: 429 }],
      act: superseding,
      mayBe: false,
      back: async () => {},
      inEffect: "notRecording",
    },
  ],
  CLOSED: [
    {
      what: "before it left",
      act: async ({ graph }) => [await graph.close(), await report(graph)],
      mayBe: false,
      back: ({ make }) => report(make()),
      inEffect: "recording",
    },
    {
      what: "while an attempt was under way",
      steps: [{ silent: true }],
      act: (world) => meanwhile(world, 100, () => void outcome(world.graph.close())),
      mayBe: true,
      back: ({ make }) => make().updateRecordingStatus(callId, { status: "failed" }),
      inEffect: "failed",
    },
  ],
  RECORDING_ACTIVE: [
    {
      what: "a live recording",
      act: async ({ graph }) => [await graph.startRecording(callId, { recorder }), await report(graph)],
      mayBe: false,
      back: async ({ graph }) => [await graph.recordings[0]?.stop(), await report(graph)],
      inEffect: "recording",
    },
  ],
  NOT_PERMITTED: [
    {
      what: "after the end",
      act: async ({ graph }) => {
        const recording = await graph.startRecording(callId, { recorder });
        await recording.stop();
        recording.assertRecording();
      },
      mayBe: false,
    },
  ],
  JOURNAL: [
    { what: "what is about to be reported cannot be written down", options: journalled(rejected), act: plain, mayBe: false, ...again },
    {
      what: "a lease that ends before a lost report is repeated",
      options: journalled(brief),
      steps: [lost],
      act: plain,
      mayBe: true,
      ...again,
    },
  ],
  BAD_NOTIFICATION: [{ what: "an empty body", act: ({ graph }) => graph.notifications.handle({}), mayBe: false }],
  UNVERIFIED: [{ what: "no token", act: () => createNotificationVerifier({ audience: "app" }).verify(undefined), mayBe: false }],
  RECORDER_FAILED: [
    {
      what: "recorder.stop, and the end is confirmed",
      act: async ({ graph }) =>
        (await graph.startRecording(callId, { recorder: { ...recorder, stop: () => Promise.reject(new Error("stuck")) } })).stop(),
      mayBe: true,
      back: ({ graph }) => graph.startRecording(callId, { recorder }),
      inEffect: "recording",
    },
    {
      what: "recorder.start, and the end is confirmed: recording is not in effect any more",
      act: ({ graph }) => graph.startRecording(callId, { recorder: { ...recorder, start: () => Promise.reject(new Error("no codec")) } }),
      mayBe: false,
      back: ({ graph }) => graph.startRecording(callId, { recorder }),
      inEffect: "recording",
    },
  ],
  SEVERAL_FAILURES: [
    {
      what: "recorder.stop and the report",
      act: async ({ graph, server }) => {
        const recording = await graph.startRecording(callId, { recorder: { ...recorder, stop: () => Promise.reject(new Error("stuck")) } });
        server.script({ http: 403 });
        await recording.stop();
      },
      mayBe: false,
    },
    {
      what: "a lost start and its closing report",
      steps: [lost, lost, { http: 403 }],
      act: ({ graph }) => graph.startRecording(callId, { recorder }),
      mayBe: true,
      ...reportFailed,
    },
  ],
};
