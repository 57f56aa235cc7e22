// The statuses of one call: order of departure, superseding, records. In virtual time.
import { expect, test } from "vitest";
import { completed, createObservedClient, silence, status } from "./observed-client.ts";

/** Answers that the test gives by hand, in the order in which the requests came. */
function byHand() {
  const open: ((answer: Response) => void)[] = [];
  return { open, handler: () => new Promise<Response>((resolve) => open.push(resolve)) };
}

test("a status waits until the attempt of the older one has ended", async () => {
  const { open, handler } = byHand();
  const { clock, report, statuses } = createObservedClient(handler);
  const [first, second] = [report("recording"), report("notRecording")];
  await clock.advance(5_000);
  expect(statuses()).toEqual(["recording"]);
  open[0]?.(completed());
  await clock.advance(0);
  expect([first.done, second.done, statuses()]).toEqual([true, false, ["recording", "notRecording"]]);
  open[1]?.(completed());
  await clock.advance(0);
  expect(second.value?.status).toBe("completed");
});

test("other calls do not wait", async () => {
  const { clock, report, statuses } = createObservedClient(({ signal }) => silence(signal));
  report("recording", "a");
  report("failed", "b");
  await clock.advance(0);
  expect(statuses()).toEqual(["recording", "failed"]);
});

test("one call under two spellings of its GUID is one call", async () => {
  const { clock, report, sent } = createObservedClient(({ signal }) => silence(signal));
  report("recording", "57DAB8B1894C409AB240BD8BEAE78896");
  report("notRecording", "57dab8b1-894c-409a-b240-bd8beae78896");
  await clock.advance(0);
  expect(sent).toHaveLength(1);
});

test("a newer status ends the retries of an older one, which keeps its last error as the cause", async () => {
  const { clock, report, statuses } = createObservedClient((_, count) => (count === 1 ? status(503) : completed()), {});
  const first = report("recording");
  await clock.advance(50);
  const second = report("notRecording");
  await clock.advance(0);
  expect(first.error).toMatchObject({ code: "SUPERSEDED", cause: { code: "HTTP", status: 503 } });
  expect([second.value?.status, statuses()]).toEqual(["completed", ["recording", "notRecording"]]);
});

test("a newer status that came during the attempt does the same as soon as it fails", async () => {
  const { open, handler } = byHand();
  const { clock, report, statuses } = createObservedClient(handler);
  const [first, second] = [report("recording"), report("notRecording")];
  await clock.advance(0);
  open[0]?.(status(503));
  await clock.advance(0);
  expect(first.error?.code).toBe("SUPERSEDED");
  open[1]?.(completed());
  await clock.advance(0);
  expect([second.value?.status, statuses()]).toEqual(["completed", ["recording", "notRecording"]]);
});

test("a newer status inherits what is left of Retry-After", async () => {
  const { clock, report, sent } = createObservedClient((_, count) => (count === 1 ? status(429, { "retry-after": "20" }) : completed()));
  report("recording");
  await clock.advance(5_000);
  const second = report("notRecording");
  await clock.advance(14_999);
  expect(sent).toHaveLength(1);
  await clock.advance(1);
  expect([sent.length, second.value?.status]).toEqual([2, "completed"]);
});

test("an inherited wait that passes the newer one's deadline rejects it at once", async () => {
  const { clock, report, sent } = createObservedClient(() => status(429, { "retry-after": "20" }));
  report("recording");
  await clock.advance(0);
  const second = report("notRecording", "c", { deadlineMs: 19_000 });
  await clock.advance(0);
  expect(second.error).toMatchObject({ code: "THROTTLED", status: 429, retryAfterMs: 20_000 });
  expect(sent).toHaveLength(1);
});

test("every status gets its first attempt, however many are asked for", async () => {
  const { open, handler } = byHand();
  const { clock, report, statuses } = createObservedClient(handler);
  const all = [report("recording"), report("notRecording"), report("recording"), report("failed")];
  for (let answered = 0; answered < 4; answered++) {
    await clock.advance(0);
    open[answered]?.(completed());
  }
  await clock.advance(0);
  expect(statuses()).toEqual(["recording", "notRecording", "recording", "failed"]);
  expect(all.every(({ value }) => value?.status === "completed")).toBe(true);
});

test("one that is aborted while it waits leaves the others as they were", async () => {
  const { open, handler } = byHand();
  const { clock, report, statuses } = createObservedClient(handler);
  const abort = new AbortController();
  const first = report("recording");
  const second = report("notRecording", "c", { signal: abort.signal });
  const third = report("failed");
  await clock.advance(0);
  abort.abort(new Error("enough"));
  await clock.advance(0);
  expect(second.error).toMatchObject({ code: "ABORTED", cause: { message: "enough" } });
  open[0]?.(completed());
  await clock.advance(0);
  open[1]?.(completed());
  await clock.advance(0);
  expect([first.done, third.done, statuses()]).toEqual([true, true, ["recording", "failed"]]);
});

test("an abort in flight lets the next leave at once, and its record says that the attempt before is unknown", async () => {
  const { clock, report, records } = createObservedClient(({ signal }, count) => (count === 1 ? silence(signal) : completed()));
  const abort = new AbortController();
  const first = report("recording", "c", { signal: abort.signal });
  report("notRecording");
  await clock.advance(0);
  abort.abort();
  await clock.advance(0);
  expect(first.error?.code).toBe("ABORTED");
  expect(records.map(({ status: sent, outcome, previousAttemptUnknown }) => [sent, outcome, previousAttemptUnknown])).toEqual([
    ["recording", "ABORTED", false],
    ["notRecording", "completed", true],
  ]);
});

test("the fate of an attempt is remembered after the queue is empty, until the next answer", async () => {
  const { clock, report, records } = createObservedClient(({ signal }, count) => (count === 1 ? silence(signal) : completed()), {
    retry: { limit: 0 },
  });
  report("recording");
  await clock.advance(10_000);
  report("failed");
  await clock.advance(0);
  report("notRecording");
  await clock.advance(0);
  expect(records.map(({ outcome, previousAttemptUnknown }) => [outcome, previousAttemptUnknown])).toEqual([
    ["TIMEOUT", false],
    ["completed", true],
    ["completed", false],
  ]);
});

test("a signal that is aborted already sends nothing, asks no token and disturbs nobody", async () => {
  let asked = 0;
  const credential = {
    getToken: async () => {
      asked++;
      return { token: "secret-token", expiresOnTimestamp: 1e15 };
    },
  };
  const { clock, report, sent } = createObservedClient(() => completed(), { credential } as never);
  const call = report("recording", "c", { signal: AbortSignal.abort("why") });
  await clock.advance(0);
  expect(call.error).toMatchObject({ code: "ABORTED", cause: "why" });
  expect([sent.length, asked]).toEqual([0, 0]);
});

test("records tell every attempt, and how a call ended when no attempt tells it", async () => {
  const { clock, report, records } = createObservedClient((_, count) => (count === 1 ? status(503, { "request-id": "r1" }) : completed()));
  report("recording");
  await clock.advance(0);
  report("notRecording");
  await clock.advance(0);
  expect(records).toEqual([
    {
      kind: "report",
      callId: "c",
      tenantId: undefined,
      operationId: undefined,
      status: "recording",
      clientContext: undefined,
      attempt: 1,
      clientRequestId: "00000000-0000-4000-8000-000000000001",
      requestId: "r1",
      startedAt: 1_000_000,
      endedAt: 1_000_000,
      httpStatus: 503,
      commsCode: undefined,
      outcome: "HTTP",
      waitMs: 0,
      previousAttemptUnknown: false,
    },
    expect.objectContaining({
      kind: "outcome",
      status: "recording",
      attempt: 1,
      outcome: "SUPERSEDED",
      clientRequestId: undefined,
      httpStatus: undefined,
    }),
    expect.objectContaining({ status: "notRecording", attempt: 1, outcome: "completed", httpStatus: 200 }),
  ]);
});

test("a hook that throws or rejects changes nothing", async () => {
  for (const onAttempt of [
    () => {
      throw new Error("log is full");
    },
    async () => Promise.reject(new Error("log is full")),
  ]) {
    const { clock, report } = createObservedClient(() => completed(), { onAttempt } as never);
    const call = report("recording");
    await clock.advance(0);
    expect(call.value?.status).toBe("completed");
  }
});

test("never more than maxConcurrency requests are under way, and a call that waits holds no slot", async () => {
  const { open, handler } = byHand();
  const { clock, report, sent } = createObservedClient(handler, { maxConcurrency: 2 });
  const calls = ["a", "b", "c", "d"].map((id) => report("recording", id));
  await clock.advance(0);
  expect(sent).toHaveLength(2);
  open[0]?.(status(503, { "retry-after": "30" }));
  await clock.advance(0);
  expect(sent).toHaveLength(3);
  for (let answered = 1; answered < 4; answered++) {
    open[answered]?.(completed());
    await clock.advance(0);
  }
  await clock.advance(30_000);
  open[4]?.(completed());
  await clock.advance(0);
  expect(calls.every(({ done }) => done)).toBe(true);
  expect(sent).toHaveLength(5);
});
