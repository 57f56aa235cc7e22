// The judge is judged: traces made by hand, good and bad. What breaks the rule of order is named, what keeps it is not.
import { findOrderViolations } from "teams-recording-status/testing";
import { describe, expect, test } from "vitest";
import {
  answered,
  confirmed,
  did,
  early,
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
  tooOften,
  tooSoon,
  trace,
} from "../support/lifecycle-traces.ts";

describe("good traces", () => {
  test.each<[string, readonly Step[]]>([
    ["nothing", []],
    ["a whole recording", [...live, offered("a"), persisted("a"), ...stopped, ...told]],
    [
      "a chunk that was accepted before the stop",
      [...live, offered("a"), ...did("stopBegan", "recorderStop"), persisted("a"), ...stopped.slice(2), ...told],
    ],
    ["a late chunk that was refused", [...live, ...did("stopBegan"), offered("late"), ...stopped.slice(1), ...told]],
    [
      "a confirmation that came later",
      [sent("recording"), answered("recording", "pending"), answered("recording"), ...did("recorderStart"), ...stopped, ...told],
    ],
    ["a repeated report", [sent("recording", false), answered("recording", "refused"), ...live, ...stopped, ...told]],
    ["callEnded: nothing is reported", [...live, ...did("callEnded", "recorderStop", "recorderStopped", "settled")]],
    [
      "a call that is gone",
      [...live, ...stopped, sent("notRecording", false), ...did("callGone"), answered("notRecording", "refused"), ...did("settled")],
    ],
    ["a start that was refused", [sent("recording", false), answered("recording", "refused"), ...did("settled")]],
    [
      "a start whose operation failed",
      [sent("recording", false), answered("recording", "pending"), answered("recording", "failed"), ...did("settled")],
    ],
    ["a start that nobody confirmed", [sent("recording"), ...toldFailed]],
    ["a start that was taken back", [sent("recording"), ...did("stopBegan"), answered("recording"), ...told]],
    ["a recorder that did not start", [...live, ...stopped, ...toldFailed]],
    ["a recorder that did not stop", [...live, ...did("stopBegan", "recorderStop"), ...toldFailed]],
    ["a body that persists without a recorder", [...confirmed, persisted("a"), ...did("stopBegan"), ...told]],
    [
      "a closing report that was refused",
      [...live, ...stopped, sent("notRecording", false), answered("notRecording", "refused"), ...did("settled")],
    ],
    ["two recordings of a call", [...live, persisted("a"), ...stopped, ...told, ...live, persisted("b"), ...stopped, ...told]],
    [
      "a recording after a start that was refused",
      [sent("recording", false), answered("recording", "refused"), ...did("settled"), ...live, ...stopped, ...told],
    ],
    [
      "a recording of a call that came back",
      [...live, ...did("callEnded", "recorderStop", "recorderStopped", "settled"), ...live, ...stopped, ...told],
    ],
  ])("%s", (_, steps) => expect(judged(steps)).toEqual([]));

  test("calls that run side by side", () => {
    const whole = [...live, offered("a"), persisted("a"), ...stopped, ...told];
    const mixed = trace(whole, "one").flatMap((event) => [event, { ...event, callId: "two" }]);
    expect(findOrderViolations(mixed)).toEqual([]);
  });
});

describe("bad traces are named", () => {
  test.each<[string, readonly Step[], readonly string[]]>([
    ["a recorder that starts before anything was sent", [...did("recorderStart"), ...confirmed, ...stopped, ...told], [early]],
    ["before the answer", [sent("recording"), ...did("recorderStart"), answered("recording"), ...stopped, ...told], [early]],
    [
      "on a pending operation",
      [sent("recording"), answered("recording", "pending"), ...did("recorderStart"), ...stopped, ...told],
      [early],
    ],
    ["on a refusal", [sent("recording", false), answered("recording", "refused"), ...did("recorderStart"), ...stopped, ...told], [early]],
    [
      "on a failed operation",
      [sent("recording", false), answered("recording", "failed"), ...did("recorderStart"), ...stopped, ...told],
      [early],
    ],
    ["on the answer to another status", [sent("failed"), answered("failed"), ...did("recorderStart"), ...stopped, ...told], [early]],
    ["after the stop began", [...confirmed, ...did("stopBegan", "recorderStart"), ...stopped.slice(1), ...told], [early]],
    ["after the call ended", [...confirmed, ...did("callEnded", "recorderStart", "recorderStop", "recorderStopped", "settled")], [early]],
    [
      "a chunk before the answer",
      [sent("recording"), persisted("a"), answered("recording"), ...did("recorderStart"), ...stopped, ...told],
      ['"a" was persisted before Graph confirmed the recording'],
    ],
    [
      "a chunk that came after the stop began",
      [...live, ...did("stopBegan"), offered("b"), persisted("b"), ...stopped.slice(1), ...told],
      ['"b" came after the stop began and was persisted'],
    ],
    [
      "a chunk that came after the call ended",
      [...live, ...did("callEnded"), offered("b"), persisted("b"), ...did("recorderStop", "recorderStopped", "settled")],
      ['"b" came after the stop began and was persisted'],
    ],
    [
      "a chunk after the recorder had stopped",
      [...live, offered("c"), ...stopped, persisted("c"), ...told],
      ['"c" was persisted after the recorder had stopped'],
    ],
    [
      "a chunk after the end was reported",
      [...live, offered("d"), ...stopped, ...told, persisted("d")],
      ['"d" was persisted after notRecording was reported'],
    ],
    [
      "a body's chunk after the end was reported",
      [...confirmed, ...did("stopBegan"), ...told, persisted("d")],
      ['"d" was persisted after notRecording was reported'],
    ],
    [
      "notRecording before the recorder was stopped",
      [...live, ...did("stopBegan"), sent("notRecording"), ...stopped.slice(1), ...did("settled")],
      [tooSoon],
    ],
    [
      "notRecording while the recorder stops",
      [...live, ...did("stopBegan", "recorderStop"), sent("notRecording"), ...did("recorderStopped", "settled")],
      [tooSoon],
    ],
    ["notRecording although the recorder did not stop", [...live, ...did("stopBegan", "recorderStop"), ...told], [tooSoon]],
    ["a stop without a start", [...confirmed, ...stopped, ...told], [tooOften, "the recorder was started 0 and stopped 1 times"]],
    [
      "a second stop",
      [...live, ...stopped, ...did("recorderStop", "recorderStopped"), ...told],
      [tooOften, "the recorder was started 1 and stopped 2 times"],
    ],
    ["a start without a stop", [...live, ...did("callEnded", "settled")], ["the recorder was started 1 and stopped 0 times"]],
    ["an end that reported nothing", [...live, ...stopped, ...did("settled")], [left]],
    ["a lost answer that nobody closed", [sent("recording"), ...did("settled")], [left]],
    ["a pending start that nobody closed", [sent("recording"), answered("recording", "pending"), ...did("settled")], [left]],
  ])("%s", (_, steps, sentences) => expect(judged(steps)).toEqual(sentences));

  test("with the call and the time, and only the call that is to blame", () => {
    const bad = trace([sent("recording"), ...did("recorderStart"), answered("recording"), ...stopped, ...told], "bad");
    const good = trace([...live, ...stopped, ...told], "good");
    expect(findOrderViolations(bad.flatMap((event, at) => [event, ...good.slice(at, at + 1)]))).toEqual([
      `bad at 1 ms: ${early}. The terms: no media, and nothing derived from it, is persisted before Graph answered \`recording\` with success.`,
    ]);
  });

  test("each of several", () => {
    const steps = [...did("recorderStart"), persisted("a"), sent("notRecording"), ...did("settled")];
    expect(judged(steps)).toEqual([
      early,
      '"a" was persisted before Graph confirmed the recording',
      tooSoon,
      "the recorder was started 1 and stopped 0 times",
    ]);
  });
});
