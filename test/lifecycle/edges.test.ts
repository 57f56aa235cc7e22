// What happens when an end comes from inside the recorder's own functions, or while they run; and starts for calls that ended.
import type { Recording, RecordingClient } from "teams-recording-status";
import { findOrderViolations } from "teams-recording-status/testing";
import { afterEach, describe, expect, test } from "vitest";
import { callId, createHarness, outcome } from "./harness.ts";

let harness: ReturnType<typeof createHarness>;
/** Every trace here keeps the rule of order, whatever else it shows. */
afterEach(() => expect(findOrderViolations(harness.fake.history)).toEqual([]));
const open = (...options: Parameters<typeof createHarness>) => {
  harness = createHarness(...options);
  return harness;
};

/** Ends the live recording of the client; what it promises is not waited for. */
const ends: { readonly [how: string]: (graph: RecordingClient, abort: AbortController) => unknown } = {
  stop: ({ recordings }) => outcome((recordings[0] as Recording).stop()),
  fail: ({ recordings }) => outcome((recordings[0] as Recording).fail(new Error("why"))),
  callEnded: ({ recordings }) => recordings[0]?.callEnded(),
  abort: (_, abort) => abort.abort("why"),
  close: (graph) => outcome(graph.close()),
};
const closing: readonly (readonly [how: string, reason: string, reported: string | undefined])[] = [
  ["stop", "stopped", "notRecording"],
  ["fail", "failed", "failed"],
  ["callEnded", "callEnded", undefined],
  ["abort", "aborted", "notRecording"],
  ["close", "closed", "notRecording"],
];
const bracket = (reported: string | undefined) => [
  "recording",
  "recorderStart",
  "recorderStop",
  "recorderStopped",
  ...[reported ?? []].flat(),
];

describe("an end while recorder.start runs", () => {
  test.each(closing)(
    "%s: the recorder is told, stopped once its start has settled, and the end is reported",
    async (how, reason, reported) => {
      const { begin, clock, graph, steps, stops } = open();
      const abort = new AbortController();
      let told: AbortSignal | undefined;
      const start = ({ signal }: { signal: AbortSignal }) => {
        told = signal;
        return new Promise<void>((resolve) => void clock.schedule(resolve, 400));
      };
      const started = begin({ signal: abort.signal, hooks: { start } });
      await clock.advance(100);
      const [recording] = graph.recordings;
      ends[how]?.(graph, abort);
      expect([told?.aborted, told === recording?.signal]).toEqual([true, true]);
      await clock.advance(299);
      expect(steps()).toEqual(["recording", "recorderStart"]);
      await clock.advance(1);
      expect([steps(), stops, started.done, started.value]).toEqual([bracket(reported), [reason], true, undefined]);
      expect(await recording?.ended).toMatchObject({ reason, reported });
    },
  );

  test.each(closing)("%s from inside it: the same, once it has settled", async (how, reason, reported) => {
    const { begin, clock, graph, steps } = open();
    const abort = new AbortController();
    const start = () => {
      ends[how]?.(graph, abort);
      return new Promise<void>((resolve) => void clock.schedule(resolve, 400));
    };
    const started = begin({ signal: abort.signal, hooks: { start } });
    const [recording] = graph.recordings;
    await clock.advance(399);
    expect([steps(), recording?.state]).toEqual([["recording", "recorderStart"], "stopping"]);
    await clock.advance(1);
    expect([steps(), started.done, started.value]).toEqual([bracket(reported), true, undefined]);
    expect(await recording?.ended).toMatchObject({ reason, reported });
  });

  test("stop waited for inside it cannot hang: stopTimeoutMs ends it, the recorder is stopped at half of that, and failed is reported", async () => {
    const { begin, clock, graph, steps } = open();
    const started = begin({ stopTimeoutMs: 300, hooks: { start: async () => void (await graph.recordings[0]?.stop()) } });
    await clock.advance(149);
    expect(steps()).toEqual(["recording", "recorderStart"]);
    await clock.advance(150);
    expect([started.done, steps()]).toEqual([false, bracket(undefined)]);
    await clock.advance(1);
    expect([started.done, started.error?.message, steps()]).toEqual([
      true,
      expect.stringContaining("must not wait for stop()"),
      bracket("failed"),
    ]);
  });

  test("nothing is permitted yet: neither a check, nor a pipe, nor a gate", async () => {
    const seen: unknown[] = [];
    const start = async () => {
      const [recording] = harness.graph.recordings as [Recording];
      seen.push(recording.state);
      expect(() => recording.assertRecording()).toThrow(expect.objectContaining({ code: "NOT_PERMITTED" }));
      await expect(recording.pipe(new ReadableStream(), new WritableStream())).rejects.toMatchObject({ code: "NOT_PERMITTED" });
      await expect(recording.gate().writable.getWriter().write("early")).rejects.toMatchObject({ code: "NOT_PERMITTED" });
    };
    const { live } = open();
    const recording = await live({ hooks: { start } });
    expect([seen, recording.state]).toEqual([["starting"], "recording"]);
  });
});

describe("an end from inside recorder.stop", () => {
  test.each([
    ["stop", "stopped", "notRecording"],
    ["fail", "stopped", "failed"],
    ["callEnded", "callEnded", undefined],
    ["abort", "stopped", "notRecording"],
    ["close", "stopped", "notRecording"],
  ] as const)("%s: stopped once, reason %s, reported %s", async (how, reason, reported) => {
    const { live, clock, graph, steps, stops } = open();
    const abort = new AbortController();
    const recording = await live({ signal: abort.signal, hooks: { stop: () => void ends[how]?.(graph, abort) } });
    outcome(recording.stop());
    await clock.advance(0);
    expect(await recording.ended).toMatchObject({ reason, reported });
    expect([steps(), stops]).toEqual([bracket(reported), ["stopped"]]);
  });

  test("close waited for inside it cannot hang: stopTimeoutMs ends it, and failed is reported", async () => {
    const { live, clock, graph, reports } = open();
    const recording = await live({ stopTimeoutMs: 300, hooks: { stop: () => graph.close() } });
    const stopped = outcome(recording.stop());
    await clock.advance(300);
    expect([stopped.error?.code, reports()]).toEqual(["RECORDER_FAILED", ["recording", "failed"]]);
    harness.fake.history.length = 0;
  });

  test("a start in there is refused: the call is live until its end is reported", async () => {
    const { live, clock, graph, recorder } = open();
    const recording = await live({ hooks: { stop: () => second.push(outcome(graph.startRecording(callId, { recorder: recorder() }))) } });
    const second: { error?: { code?: string } }[] = [];
    recording.signal.addEventListener("abort", () => second.push(outcome(graph.startRecording(callId, { recorder: recorder() }))));
    outcome(recording.stop());
    await clock.advance(0);
    expect(second.map(({ error }) => error?.code)).toEqual(["RECORDING_ACTIVE", "RECORDING_ACTIVE"]);
  });
});

describe("a start for a call id that ended", () => {
  test("is a new recording, as soon as the old one has ended", async () => {
    const { live, clock, reports, begin } = open();
    const first = await live();
    harness.fake.note({ type: "stopBegan", callId });
    outcome(first.stop());
    const second = first.ended.then(() => begin());
    await clock.advance(0);
    expect((await second).value).not.toBe(first);
    expect([first.state, (await second).value?.state, reports()]).toEqual([
      "ended",
      "recording",
      ["recording", "notRecording", "recording"],
    ]);
    expect(() => first.assertRecording()).toThrow(expect.objectContaining({ code: "NOT_PERMITTED" }));
  });

  test("after callEnded(): Graph is asked, and its 404 comes out", async () => {
    const { live, clock, begin, fake, reports } = open();
    (await live()).callEnded();
    fake.note({ type: "callEnded", callId });
    fake.endCall(callId);
    await clock.advance(0);
    const again = begin();
    await clock.advance(0);
    expect(again.error).toMatchObject({ code: "HTTP", status: 404, commsCode: 8522 });
    expect(reports()).toEqual(["recording", "recording"]);
  });
});
