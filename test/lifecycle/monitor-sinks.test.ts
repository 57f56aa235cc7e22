// The judge is judged: what reaches a sink, when that sink ends, and what comes after `failed`, after the call, or in answer to another report.
import { findOrderViolations } from "teams-recording-status/testing";
import { describe, expect, test } from "vitest";
import {
  answered,
  confirmed,
  did,
  judged,
  left,
  live,
  offered,
  persisted,
  type Step,
  sent,
  stopped,
  told,
  toldFailed,
  trace,
} from "../support/lifecycle-traces.ts";

const streamed = (chunk: string): Step => ({ type: "persisted", chunk, sink: "sink 1", stream: true });
const written = (chunk: string): Step => ({ type: "persisted", chunk, sink: "sink 1" });
const slow = (chunk: string): Step => ({ ...written(chunk), pending: true }) as Step;
const writeEnded = (chunk: string): Step => ({ type: "writeEnded", chunk, sink: "sink 1" });
const sinkClosed: Step = { type: "sinkClosed", sink: "sink 1" };
const sinkAborted: Step = { type: "sinkAborted", sink: "sink 1" };
const numbered = (step: Step, report: number): Step => ({ ...step, report }) as Step;

describe("good", () => {
  test.each<[string, readonly Step[]]>([
    ["a stream that is closed before the report", [...live, streamed("a"), sinkClosed, ...stopped, ...told]],
    ["one that is given up", [...live, streamed("a"), sinkAborted, ...stopped, ...told]],
    ["one that is given up after failed", [...live, streamed("a"), ...did("stopBegan", "recorderStop"), ...toldFailed, sinkAborted]],
    ["single writes, which need no close", [...confirmed, written("a"), written("b"), ...told]],
    ["a slow write that ends before the report", [...confirmed, slow("a"), writeEnded("a"), ...told]],
    ["a sink that nothing reached, closed late", [...live, ...stopped, ...told, sinkClosed]],
    [
      "a flush while the recorder stops, after the call's end",
      [...live, ...did("callGone", "recorderStop"), persisted("a"), ...did("recorderStopped")],
    ],
    ["a chunk after the call's end that nobody was told of", [...confirmed, ...did("callGone"), persisted("a")]],
    [
      "a chunk that was accepted before Graph said that the call is gone",
      [...confirmed, offered("a"), sent("recording", false), ...did("callGone"), answered("recording", "refused"), persisted("a")],
    ],
    [
      "a new recording after failed",
      [...confirmed, ...toldFailed, ...confirmed, persisted("a"), sent("notRecording"), answered("notRecording")],
    ],
    [
      "a new recording while a sink of the last one hangs",
      [...confirmed, streamed("a"), ...toldFailed, ...confirmed, persisted("b"), ...told],
    ],
    ["the answer to this very report", [numbered(sent("recording"), 1), numbered(answered("recording"), 1), persisted("a"), ...told]],
  ])("%s", (_, steps) => expect(judged(steps)).toEqual([]));
});

describe("bad", () => {
  const gone = [sent("recording", false), ...did("callGone"), answered("recording", "refused")];

  test.each<[string, readonly Step[], readonly string[]]>([
    ["a chunk after failed", [...confirmed, ...toldFailed, persisted("a")], ['"a" was persisted after failed was reported']],
    [
      "a chunk after Graph said that the call is gone",
      [...confirmed, ...gone, persisted("a")],
      ['"a" was persisted after the call had ended'],
    ],
    ["a stream that is still open", [...confirmed, streamed("a"), ...told], ["notRecording was reported before sink 1 was closed"]],
    [
      "one that is closed after the report, told once",
      [...confirmed, streamed("a"), ...told, sinkClosed],
      ["notRecording was reported before sink 1 was closed"],
    ],
    [
      "a sink of single writes that is closed after the report",
      [...confirmed, written("a"), ...told, sinkClosed],
      ["sink 1 was closed only after notRecording was reported"],
    ],
    [
      "a write that is still under way",
      [...confirmed, slow("a"), ...told, writeEnded("a")],
      ['notRecording was reported while "a" was still being written'],
    ],
    [
      "the answer to an older report",
      [
        numbered(sent("recording"), 1),
        ...toldFailed,
        numbered(sent("recording"), 2),
        numbered(answered("recording"), 1),
        persisted("a"),
        numbered(answered("recording"), 2),
        ...told,
      ],
      ['"a" was persisted before Graph confirmed the recording'],
    ],
    [
      "a chunk that was offered before the stop, after the report",
      [...live, offered("a"), ...stopped, ...told, persisted("a")],
      ['"a" was persisted after notRecording was reported'],
    ],
    ["an end that only the sink saw", [...confirmed, streamed("a"), sinkClosed, ...did("settled")], [left]],
  ])("%s", (_, steps, sentences) => expect(judged(steps)).toEqual(sentences));

  test("a call has one history, however its id is spelled, and the sentence the spelling that came first", () => {
    const id = "57dab8b1-894c-409a-b240-bd8beae78896";
    const steps = trace(confirmed, id).concat({ ...trace([persisted("a")], id.replaceAll("-", "").toUpperCase())[0], at: 5 } as never);
    expect(findOrderViolations(steps)).toEqual([]);
    expect(findOrderViolations(steps.slice(2).concat(trace(confirmed, id)))).toEqual([expect.stringMatching(/^57DAB8B1894C/)]);
  });

  test("a long chunk is cut in the sentence", () => {
    expect(judged([persisted("x".repeat(100))])).toEqual([`"${"x".repeat(59)}…" was persisted before Graph confirmed the recording`]);
  });
});
