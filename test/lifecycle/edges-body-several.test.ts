// withRecording when the recorder fails to stop as well: whatever the body does at that end, all of it comes out.
import { type RecordingPermit, SeveralFailuresError } from "teams-recording-status";
import { describe, expect, test } from "vitest";
import { callId, createHarness, outcome } from "./harness.ts";

type Body = (permit: RecordingPermit) => unknown;

const _why = new Error("why");
const ended = ({ signal }: RecordingPermit) =>
  new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
const returns: Body = (permit) => ended(permit);
const obeys: Body = async (permit) => {
  await ended(permit);
  throw permit.signal.reason;
};
const throwsOwn: Body = async (permit) => {
  await ended(permit);
  throw new Error("own");
};
/** What an error is made of, by code or by message. */
function leavesOf(error: unknown): string[] {
  if (error instanceof SeveralFailuresError) return error.errors.flatMap(leavesOf);
  const { code, message } = error as { code?: string; message?: string };
  return [code ?? message ?? String(error)];
}

describe.each([
  ["and the recorder stops", () => {}, []],
  ["and the recorder fails to stop", () => Promise.reject(new Error("stuck")), ["RECORDER_FAILED"]],
] as const)("%s", (_, stop, also) => {
  test.each<[string, "abort" | "close", Body, string[]]>([
    ["abort, a body that returns", "abort", returns, ["ABORTED"]],
    ["abort, a body that obeys", "abort", obeys, ["ABORTED"]],
    ["abort, a body that throws an error of its own", "abort", throwsOwn, ["own"]],
    ["close, a body that obeys", "close", obeys, ["CLOSED"]],
    ["close, a body that throws an error of its own", "close", throwsOwn, ["own"]],
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
  });
});
