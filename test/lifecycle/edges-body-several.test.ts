// withRecording when the recorder fails to stop as well: whatever the body does at that end, all of it comes out.
import type { Recording } from "teams-recording-status";
import { describe, expect, test } from "vitest";
import { callId, createHarness, outcome } from "./harness.ts";

type Body = (recording: Recording) => unknown;

const why = new Error("why");
const ended = ({ signal }: Recording) => new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
const returns: Body = (recording) => ended(recording);
const obeys: Body = async (recording) => {
  await ended(recording);
  throw recording.signal.reason;
};
const throwsOwn: Body = async (recording) => {
  await ended(recording);
  throw new Error("own");
};
const fails: Body = (recording) => void outcome(recording.fail(why));
const failsAndThrows: Body = (recording) => {
  outcome(recording.fail(why));
  throw new Error("own");
};
const failsAtTheEnd: Body = async (recording) => {
  await ended(recording);
  outcome(recording.fail(why));
};

/** What an error is made of, by code or by message. */
function leavesOf(error: unknown): string[] {
  if (error instanceof AggregateError) return error.errors.flatMap(leavesOf);
  const { code, message } = error as { code?: string; message?: string };
  return [code ?? message ?? String(error)];
}

describe.each([
  ["and the recorder stops", () => {}, []],
  ["and the recorder fails to stop", () => Promise.reject(new Error("stuck")), ["RECORDER_FAILED"]],
] as const)("%s", (_, stop, also) => {
  test.each<[string, "abort" | "close" | "none", Body, string[]]>([
    ["abort, a body that returns", "abort", returns, ["ABORTED"]],
    ["abort, a body that obeys", "abort", obeys, ["ABORTED"]],
    ["abort, a body that throws an error of its own", "abort", throwsOwn, ["ABORTED", "own"]],
    ["abort, a body that says that it failed", "abort", failsAtTheEnd, ["ABORTED", "why"]],
    ["close, a body that obeys", "close", obeys, ["CLOSED"]],
    ["close, a body that throws an error of its own", "close", throwsOwn, ["CLOSED", "own"]],
    ["a body that says that it failed", "none", fails, ["why"]],
    ["a body that says that it failed, and throws", "none", failsAndThrows, ["own", "why"]],
  ])("%s", async (__, end, body, expected) => {
    const { graph, recorder, clock } = createHarness();
    const abort = new AbortController();
    const done = outcome(graph.withRecording(callId, { recorder: recorder({ stop }), signal: abort.signal }, body));
    await clock.advance(0);
    if (end === "abort") abort.abort("by the caller");
    if (end === "close") outcome(graph.close());
    await clock.advance(0);
    expect(done.done).toBe(true);
    expect(new Set(leavesOf(done.error))).toEqual(new Set([...expected, ...also]));
    if (end !== "none") expect(done.error?.code).toBe(end === "abort" ? "ABORTED" : "CLOSED");
  });
});
