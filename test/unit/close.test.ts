import { expect, test } from "vitest";
import { completed, createObservedClient, outcome, silence, status } from "./observed-client.ts";

test("close ends what is under way with CLOSED, wherever it waits, and refuses what comes later", async () => {
  const { graph, clock, report, sent } = createObservedClient(
    ({ signal }, count) => (count === 1 ? status(503, { "retry-after": "20" }) : silence(signal)),
    {
      maxConcurrency: 1,
    },
  );
  const backingOff = report("recording", "a");
  await clock.advance(0);
  const inFlight = report("recording", "b");
  const queued = report("notRecording", "b");
  const withoutSlot = report("recording", "d");
  const polling = outcome(graph.waitForOperation("e", { id: "op", status: "running" }));
  await clock.advance(0);
  const before = sent.length;
  await graph.close();
  const late = report("recording", "f");
  await clock.advance(60_000);
  for (const call of [backingOff, inFlight, queued, withoutSlot, polling, late]) expect(call.error?.code).toBe("CLOSED");
  expect([sent.length, clock.pending]).toEqual([before, 0]);
});

test("it is idempotent, waits for what is under way, and disposal is the same", async () => {
  const { graph, clock, report } = createObservedClient(() => completed());
  const call = report("recording");
  await Promise.all([graph.close(), graph.close({ deadlineMs: 0 }), graph[Symbol.asyncDispose]()]);
  expect(call.error?.code).toBe("CLOSED");
  expect(clock.pending).toBe(0);
  await expect(graph.close({ deadlineMs: -1 })).rejects.toMatchObject({ code: "BAD_INPUT" });
});
