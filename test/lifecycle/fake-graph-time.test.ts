// The simulated Graph in time: answers that come late or never, and operations that end later, told by polls and notifications.
import type { FakeStep } from "teams-recording-status/testing";
import { describe, expect, test } from "vitest";
import { bodyOf, callId, openFake } from "../support/lifecycle-fake.ts";
import { operationOnTheWire } from "../support/on-the-wire.ts";
import { type Json, lookUp, resolve } from "../support/spec.ts";
import { outcome } from "./harness.ts";

describe("an answer", () => {
  test("after delayMs; the report is in effect on its arrival", async () => {
    const { fake, clock, send, history } = await openFake({ delayMs: 500 });
    const sent = outcome(send());
    await clock.advance(499);
    expect([sent.done, fake.statusOf(callId), history()]).toEqual([false, "recording", ["report recording applied"]]);
    await clock.advance(1);
    expect([sent.value?.status, history()[1], clock.pending]).toEqual([200, "answer recording completed", 0]);
    const [report, answer] = fake.history;
    expect(Number(answer?.at) - Number(report?.at)).toBe(500);
  });

  test.each<[FakeStep, string, string]>([
    [{ lose: "request" }, "notRecording", "report recording not applied"],
    [{ lose: "answer" }, "recording", "report recording applied"],
    [{ lose: "answer", status: 503 }, "notRecording", "report recording not applied"],
  ])("%o: the connection fails as fetch tells it, in effect is then %s", async (step, inEffect, told) => {
    const { fake, send, history } = await openFake(step);
    await expect(send()).rejects.toThrow(TypeError);
    expect([fake.statusOf(callId), history()]).toEqual([inEffect, [told]]);
  });

  test.each<[FakeStep, string]>([
    [{ silent: "request" }, "notRecording"],
    [{ silent: "answer" }, "recording"],
    [{ delayMs: 60_000 }, "recording"],
  ])("%o: only the signal ends the wait, in effect is then %s, and no timer is left", async (step, inEffect) => {
    const { fake, clock, send, history } = await openFake(step);
    const abort = new AbortController();
    const sent = outcome(send({ signal: abort.signal }));
    await clock.advance(59_999);
    expect(sent.done).toBe(false);
    abort.abort("why");
    await clock.advance(0);
    expect([sent.error, fake.statusOf(callId), history().length, clock.pending]).toEqual(["why", inEffect, 1, 0]);
  });
});

describe("a pending operation", () => {
  test.each<[FakeStep, number]>([
    [{ operation: "running", becomes: "completed" }, 1_000],
    [{ operation: null, becomes: "completed", becomesAfterMs: 40 }, 40],
    [{ operation: "notStarted", becomes: "failed", becomesAfterMs: 0 }, 0],
  ])("%o: a poll tells its end, %d ms after the answer", async (step, afterMs) => {
    const { fake, clock, send, read, history } = await openFake({ ...step, delayMs: 10 });
    const sent = outcome(send());
    await clock.advance(10);
    const { id } = await bodyOf(sent.value as Response);
    if (afterMs > 0) {
      await clock.advance(afterMs - 1);
      expect(await bodyOf(await read(String(id)))).toMatchObject({ status: step.operation, resultInfo: null });
      await clock.advance(1);
    }
    const code = step.becomes === "completed" ? 200 : 500;
    const ended = operationOnTheWire({
      id,
      status: step.becomes,
      clientContext: "mine",
      resultInfo: { code, subcode: expect.any(Number) },
    });
    expect(await bodyOf(await read(String(id)))).toMatchObject(ended);
    expect([fake.statusOf(callId), history().at(-1)]).toEqual([
      step.becomes === "completed" ? "recording" : "notRecording",
      `answer recording ${step.becomes}`,
    ]);
  });

  test("that becomes nothing stays as it is", async () => {
    const { clock, send, read } = await openFake({ operation: "running" });
    const { id } = await bodyOf(await send());
    await clock.advance(3_600_000);
    expect(await bodyOf(await read(String(id)))).toMatchObject({ status: "running" });
    expect(clock.pending).toBe(0);
  });

  test("an operation that nobody made: 404", async () => {
    const { read } = await openFake();
    const response = await read("unknown");
    expect([response.status, await bodyOf(response)]).toMatchObject([404, { error: { code: "UnknownError" } }]);
  });

  test("reports have operations of their own", async () => {
    const { send } = await openFake();
    expect((await bodyOf(await send())).id).not.toBe((await bodyOf(await send())).id);
  });
});

describe("a notification", () => {
  test("tells the end of a pending operation once, to everybody who listens, and not that of a completed one", async () => {
    const { fake, clock, send } = await openFake({ operation: "running", becomes: "failed" });
    const heard: unknown[][] = [[], [], []];
    const stops = heard.map((list) => fake.onNotification((payload) => list.push(payload)));
    stops[2]?.();
    const { id } = await bodyOf(await send());
    await send();
    await clock.advance(999);
    expect(heard).toEqual([[], [], []]);
    await clock.advance(60_000);
    expect(heard.map((list) => list.length)).toEqual([1, 1, 0]);
    expect(heard[0]?.[0]).toMatchObject({ value: [{ resourceData: { id, status: "failed", clientContext: "mine" } }] });
  });

  test("has the form of the spec's live example", async () => {
    const { fake, clock, send } = await openFake({ operation: "running", becomes: "completed" });
    const heard: unknown[] = [];
    fake.onNotification((payload) => heard.push(payload));
    const { id } = await bodyOf(await send());
    await clock.advance(1_000);
    const example = resolve(lookUp("components", "examples", "notificationLive")).value;
    const [notification] = (heard[0] as { value: Record<string, unknown>[] }).value;
    expect(shapeOf(example)).toMatchObject(shapeOf(heard[0] as Json) as object);
    expect([notification?.changeType, notification?.resourceUrl]).toEqual(["deleted", `/communications/calls/${callId}/operations/${id}`]);
  });
});

test("the history has what the test adds, at its time", async () => {
  const { fake, clock, send } = await openFake();
  await send();
  await clock.advance(70);
  fake.note({ type: "recorderStart", callId });
  expect(fake.history.at(-1)).toEqual({ type: "recorderStart", callId, at: clock.now() });
  expect(fake.history).toHaveLength(3);
});

/** The names and types of a document, without its values. */
function shapeOf(value: Json | undefined): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== "object" || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)]));
}
