// What an earlier attempt may have done counts, whatever the last one came to.
import { describe, expect, test } from "vitest";
import { completed, createObservedClient, outcome, status } from "./observed-client.ts";

const running = () => Response.json({ id: "op", status: "running" });
const failed = (headers = {}) => Response.json({ id: "op", status: "failed" }, { headers });
const lost = () => Promise.reject(new TypeError("fetch failed"));

test.each([
  ["lost, then running", true, [lost, running, failed]],
  ["running at once", false, [running, failed]],
] as const)("an operation that failed, of a report that was %s: mayBeInEffect is %s", async (_, mayBeInEffect, answers) => {
  const { clock, graph } = createObservedClient((_sent, count) => (answers[count - 1] ?? completed)());
  const waited = outcome(
    graph.updateRecordingStatus("c", { status: "recording" }).then((operation) => graph.waitForOperation("c", operation)),
  );
  await clock.advance(5_000);
  expect(waited.error).toMatchObject({ code: "OPERATION_FAILED", mayBeInEffect });
});

test("an answer with status 0, as Response.error() is, is a failed connection: it is repeated, and may be in effect", async () => {
  const { clock, sent, report } = createObservedClient(() => Response.error());
  const call = report("recording");
  await clock.advance(60_000);
  expect([call.error, sent.length]).toEqual([expect.objectContaining({ code: "NETWORK", mayBeInEffect: true }), 4]);
});

describe("an answer that belongs to another request", () => {
  test.each([
    ["its header says so, and the operation failed", () => failed({ "client-request-id": "other" }), "OPERATION_FAILED"],
    ["its header says so, and it was refused", () => status(403, { "client-request-id": "other" }), "HTTP"],
    [
      "only its body says so",
      () => Response.json({ error: { code: "8506", message: "m", innerError: { "client-request-id": "other" } } }, { status: 403 }),
      "HTTP",
    ],
  ] as const)("%s: the error tells both ids", async (_, answer, code) => {
    const { clock, report } = createObservedClient(answer);
    const call = report("recording");
    await clock.advance(0);
    expect(call.error).toMatchObject({ code, answeredClientRequestId: "other", message: expect.stringContaining("answered with other") });
  });
});

describe("a Retry-After that was said to a status before", () => {
  const busy = (after: string) => (_: unknown, count: number) => (count === 1 ? status(503, { "retry-after": after }) : completed());

  test("is waited out, although nothing waited when that one was given up", async () => {
    const { clock, sent, graph } = createObservedClient(busy("3"));
    const abort = new AbortController();
    const first = outcome(graph.updateRecordingStatus("c", { status: "recording" }, { signal: abort.signal }));
    await clock.advance(0);
    abort.abort();
    const second = outcome(graph.updateRecordingStatus("c", { status: "failed" }));
    await clock.advance(2_999);
    const early = sent.length;
    await clock.advance(1);
    expect([first.error?.code, early, sent.length, second.value?.status]).toEqual(["ABORTED", 1, 2, "completed"]);
  });

  test("that passes the deadline of what is asked for anew does not keep it from being tried", async () => {
    const { clock, sent, graph } = createObservedClient(busy("3600"));
    const first = outcome(graph.updateRecordingStatus("c", { status: "recording" }));
    await clock.advance(0);
    const second = outcome(graph.updateRecordingStatus("c", { status: "failed" }));
    await clock.advance(0);
    expect([first.error?.code, sent.length, second.value?.status]).toEqual(["THROTTLED", 2, "completed"]);
  });
});
