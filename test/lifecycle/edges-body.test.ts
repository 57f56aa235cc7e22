// withRecording: what the body does at the end of its recording, and what then comes out and is reported.
import type { Recording, RecordingPermit } from "teams-recording-status";
import { describe, expect, test } from "vitest";
import { callId, createHarness, outcome } from "./harness.ts";

const run = (body: (permit: RecordingPermit) => unknown, options: object = {}) => {
  const harness = createHarness({ retry: { limit: 0 } });
  const done = outcome(harness.graph.withRecording(callId, { recorder: harness.recorder(), ...options }, body));
  return { ...harness, done, recording: () => harness.graph.recordings[0] as Recording };
};

/** As bodies do that pass `permit.signal` on: they end with its reason, or with an AbortError. */
const obedient: readonly (readonly [string, (permit: RecordingPermit) => Promise<never>])[] = [
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
    expect(await ended).toEqual({ callId, reason: "aborted", reported: "notRecording", error: undefined });
    expect(done.error).toMatchObject({ code: "ABORTED", cause: "why" });
  });

  test.each(obedient)("by close (%s): the same", async (_, body) => {
    const { done, clock, reports, recording, graph } = run(body);
    await clock.advance(0);
    const { ended } = recording();
    outcome(graph.close());
    await clock.advance(0);
    expect(reports()).toEqual(["recording", "notRecording"]);
    expect(await ended).toEqual({ callId, reason: "closed", reported: "notRecording", error: undefined });
    expect(done.error?.code).toBe("CLOSED");
  });
});

test("a body that throws something of its own at an abort: failed, and that error", async () => {
  const abort = new AbortController();
  const body = ({ signal }: RecordingPermit) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("own"))));
  const { done, clock, reports } = run(body, { signal: abort.signal });
  await clock.advance(0);
  abort.abort("why");
  await clock.advance(0);
  expect([reports(), done.error?.message]).toEqual([["recording", "failed"], "own"]);
});

describe("a recording that is failed from outside while its body runs", () => {
  const why = new Error("why");
  const untilEnd = ({ signal }: RecordingPermit) => new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));

  test("and the body returns: that error comes out, after failed", async () => {
    const { done, clock, reports, recording } = run(untilEnd);
    await clock.advance(0);
    outcome(recording().fail(why));
    await clock.advance(0);
    expect([done.done, done.error, reports()]).toEqual([true, why, ["recording", "failed"]]);
  });

  test("and the body throws another error: both come out", async () => {
    const { done, clock, reports, recording } = run(async (permit) => {
      await untilEnd(permit);
      throw new Error("another");
    });
    await clock.advance(0);
    outcome(recording().fail(why));
    await clock.advance(0);
    expect(reports()).toEqual(["recording", "failed"]);
    expect(done.error).toMatchObject({ code: "SEVERAL_FAILURES", errors: [{ message: "another" }, why] });
  });

  test("and the body throws the same: it is told once, as it is", async () => {
    const { done, clock, recording } = run(async (permit) => {
      await untilEnd(permit);
      throw why;
    });
    await clock.advance(0);
    outcome(recording().fail(why));
    await clock.advance(0);
    expect(done.error).toBe(why);
  });
});

test.each([undefined, null, "text", 0])("a body that throws %o while the report fails: both come out", async (thrown) => {
  const { done, clock, fake } = run(() => {
    fake.script({ status: 400 });
    throw thrown;
  });
  await clock.advance(0);
  // An error stands for a body that threw nothing.
  expect(done.error?.errors).toEqual([thrown ?? expect.any(Error), expect.objectContaining({ status: 400 })]);
});

test("a body's permit holds what its type names and nothing else, and ends with it", async () => {
  let kept: RecordingPermit | undefined;
  const { done, clock } = run((permit) => {
    kept = permit;
    return Object.keys(permit).toSorted();
  });
  await clock.advance(0);
  expect(done.value).toEqual(["assertRecording", "callId", "gate", "operation", "persist", "pipe", "signal"]);
  expect(kept?.signal.aborted).toBe(true);
  await expect(kept?.pipe(new ReadableStream(), new WritableStream())).rejects.toMatchObject({ code: "NOT_PERMITTED" });
});
