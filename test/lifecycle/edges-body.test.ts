// withRecording: what the body does at the end of its recording, and what then comes out and is reported.
import type { Recording } from "teams-recording-status";
import { describe, expect, test } from "vitest";
import { callId, createHarness, outcome } from "./harness.ts";

const run = (body: (recording: Recording) => unknown, options: object = {}) => {
  const harness = createHarness({ retry: { limit: 0 } });
  const done = outcome(harness.graph.withRecording(callId, { recorder: harness.recorder(), ...options }, body));
  return { ...harness, done, recording: () => harness.graph.recordings[0] as Recording };
};

/** As bodies do that pass `recording.signal` on: they end with its reason, or with an AbortError. */
const obedient: readonly (readonly [string, (recording: Recording) => Promise<never>])[] = [
  ["the signal's reason", ({ signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)))],
  [
    "an AbortError",
    ({ signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(new DOMException("gone", "AbortError")))),
  ],
];

describe("a body that throws only because its recording ended", () => {
  test.each(obedient)("by abort (%s): notRecording is reported, as for a body that returns", async (_, body) => {
    const abort = new AbortController();
    const { done, clock, reports, recording } = run(body, { signal: abort.signal });
    await clock.advance(0);
    const { ended } = recording();
    abort.abort("why");
    await clock.advance(0);
    expect(reports()).toEqual(["recording", "notRecording"]);
    expect(await ended).toEqual({ reason: "aborted", reported: "notRecording", error: undefined });
    expect(done.error).toMatchObject({ code: "ABORTED", cause: "why" });
  });

  test.each(obedient)("by close (%s): the same", async (_, body) => {
    const { done, clock, reports, recording, graph } = run(body);
    await clock.advance(0);
    const { ended } = recording();
    outcome(graph.close());
    await clock.advance(0);
    expect(reports()).toEqual(["recording", "notRecording"]);
    expect(await ended).toEqual({ reason: "closed", reported: "notRecording", error: undefined });
    expect(done.error?.code).toBe("CLOSED");
  });
});

test("a body that throws something of its own at an abort: failed, and both errors", async () => {
  const abort = new AbortController();
  const body = ({ signal }: Recording) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("own"))));
  const { done, clock, reports } = run(body, { signal: abort.signal });
  await clock.advance(0);
  abort.abort("why");
  await clock.advance(0);
  expect([reports(), done.error?.code]).toEqual([["recording", "failed"], "ABORTED"]);
  expect(done.error).toMatchObject({ errors: [{ code: "ABORTED", cause: "why" }, { message: "own" }] });
});

describe("a body that says itself that the recording failed", () => {
  const why = new Error("why");

  test.each<[string, (recording: Recording) => unknown]>([
    ["and waits", async (recording) => void (await recording.fail(why))],
    ["and returns at once", (recording) => void outcome(recording.fail(why))],
  ])("%s: the error comes out, after failed", async (_, body) => {
    const { done, clock, reports } = run(body);
    await clock.advance(0);
    expect([done.done, done.error, reports()]).toEqual([true, why, ["recording", "failed"]]);
  });

  test("and throws another error: both come out", async () => {
    const { done, clock, reports } = run((recording) => {
      outcome(recording.fail(why));
      throw new Error("another");
    });
    await clock.advance(0);
    expect(reports()).toEqual(["recording", "failed"]);
    expect(done.error).toMatchObject({ errors: [why, { message: "another" }] });
  });

  test("and throws the same: it comes out as it is", async () => {
    const { done, clock } = run(async (recording) => {
      outcome(recording.fail(why));
      throw why;
    });
    await clock.advance(0);
    expect(done.error).toBe(why);
  });

  test("after it has stopped: the error comes out, after failed", async () => {
    const { done, clock, reports } = run((recording) => {
      outcome(recording.stop());
      outcome(recording.fail(why));
    });
    await clock.advance(0);
    expect([done.error, reports()]).toEqual([why, ["recording", "failed"]]);
  });
});

test.each([undefined, null, "text", 0])("a body that throws %o while the report fails: both come out", async (thrown) => {
  const { done, clock, fake } = run(() => {
    fake.script({ status: 400 });
    throw thrown;
  });
  await clock.advance(0);
  // An error stands for a body that threw nothing.
  expect(done.error?.errors).toEqual([thrown ?? expect.toBeOneOf([thrown, expect.any(Error)]), expect.objectContaining({ status: 400 })]);
});

test("a body gets the value of nobody else, and its recording ends with it", async () => {
  let kept: Recording | undefined;
  const { done, clock } = run((recording) => {
    kept = recording;
    return recording.state;
  });
  await clock.advance(0);
  expect([done.value, kept?.state]).toEqual(["recording", "ended"]);
  await expect(kept?.pipe(new ReadableStream(), new WritableStream())).rejects.toMatchObject({ code: "NOT_PERMITTED" });
});
