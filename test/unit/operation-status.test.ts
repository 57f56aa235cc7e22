// A status that the client does not know is taken for neither success nor failure, whoever asks.
import { describe, expect, test } from "vitest";
import { completed, createObservedClient, type Handler, outcome } from "./observed-client.ts";

const dozing = () => completed({ status: "Dozing", "@odata.type": "#x" });

function observe(handler: Handler) {
  return createObservedClient((sent, count) => handler(sent, count), { deadlineMs: 20_000 });
}

test("a report resolves with it; its text and everything else that was sent is in raw", async () => {
  const { clock, report } = observe(dozing);
  const made = report("recording");
  await clock.advance(0);
  expect(made.value).toMatchObject({ status: "unrecognized", raw: { status: "Dozing", "@odata.type": "#x" } });
  expect(made.value).not.toHaveProperty("@odata.type");
});

describe("waitForOperation", () => {
  test("goes on until it is a known one", async () => {
    const { graph, clock, sent } = observe((_, count) => (count < 3 ? dozing() : completed({ status: "COMPLETED" })));
    const wait = outcome(graph.waitForOperation("c", { id: "op", status: "Dozing" }));
    await clock.advance(20_000);
    expect([wait.value?.status, sent.length]).toEqual(["completed", 3]);
  });

  test("ends as unknown at its deadline", async () => {
    const { graph, clock } = observe(dozing);
    const wait = outcome(graph.waitForOperation("c", { id: "op", status: "unrecognized" }));
    await clock.advance(20_000);
    expect(wait.error?.code).toBe("OUTCOME_UNKNOWN");
  });

  test("takes a reference made by hand, its status in any case, and asks nobody when it is final", async () => {
    const { graph, clock, sent } = observe(dozing);
    const done = outcome(graph.waitForOperation("c", { id: "op", status: "COMPLETED" }));
    const failed = outcome(graph.waitForOperation("c", { id: "op", status: "Failed" }));
    await clock.advance(0);
    expect(done.value).toEqual({
      id: "op",
      status: "completed",
      clientContext: null,
      resultInfo: null,
      location: undefined,
      requestId: undefined,
      clientRequestId: "",
      raw: undefined,
    });
    expect([failed.error?.code, sent.length]).toEqual(["OPERATION_FAILED", 0]);
  });
});

test("a recording does not begin with it, and is closed as failed", async () => {
  const { graph, clock, statuses } = observe(({ body }) => ((body as { status?: string })?.status === "failed" ? completed() : dozing()));
  const started: string[] = [];
  const recorder = { start: () => void started.push("c"), stop: () => {} };
  const recording = outcome(graph.startRecording("c", { recorder }));
  await clock.advance(60_000);
  expect([recording.error?.code, started]).toEqual(["OUTCOME_UNKNOWN", []]);
  expect(statuses().filter((status) => status !== undefined)).toEqual(["recording", "failed"]);
});
