// The judge is judged: one recording after another of the same call, and what the bot cannot know.
import { describe, expect, test } from "vitest";
import {
  answered,
  confirmed,
  did,
  early,
  judged,
  left,
  live,
  persisted,
  type Step,
  sent,
  stopped,
  told,
  toldFailed,
} from "../support/lifecycle-traces.ts";

describe("one recording does not excuse the next", () => {
  const whole = [...live, ...stopped, ...told];
  const unasked = [...live, ...did("recorderStop", "recorderStopped"), ...toldFailed];

  test.each<[string, readonly Step[], readonly string[]]>([
    [
      "a second start before its answer",
      [...whole, sent("recording"), ...did("recorderStart"), answered("recording"), ...stopped, ...told],
      [early],
    ],
    [
      "the same after an end that nobody asked for",
      [...unasked, sent("recording"), ...did("recorderStart"), answered("recording"), ...stopped, ...told],
      [early],
    ],
    ["a second start after the closing report", [...whole, ...did("recorderStart", "recorderStop", "recorderStopped", "settled")], [early]],
    [
      "a start after the closing report",
      [...confirmed, sent("failed"), answered("failed"), ...did("recorderStart", "recorderStop", "recorderStopped", "settled")],
      [early],
    ],
    [
      "a chunk of the second before its answer",
      [...whole, sent("recording"), persisted("b"), answered("recording"), ...did("stopBegan"), ...told],
      ['"b" was persisted before Graph confirmed the recording'],
    ],
    [
      "a second recording without a stop",
      [...whole, ...live, ...did("callEnded", "settled")],
      ["the recorder was started 1 and stopped 0 times"],
    ],
    ["a second recording that is left", [...whole, ...live, ...stopped, ...did("settled")], [left]],
    [
      "one that is left after the call came back",
      [...live, ...did("callEnded", "recorderStop", "recorderStopped", "settled"), ...live, ...stopped, ...did("settled")],
      [left],
    ],
  ])("%s", (_, steps, sentences) => expect(judged(steps)).toEqual(sentences));
});

describe("what the bot cannot know", () => {
  test("a request that was lost is no refusal: the bot must close it", () => {
    expect(judged([sent("recording", false), ...did("settled")])).toEqual([left]);
    expect(judged([sent("recording", false), sent("recording", false), answered("recording", "refused"), ...did("settled")])).toEqual([
      left,
    ]);
    expect(judged([sent("recording", false), sent("failed"), answered("failed"), ...did("settled")])).toEqual([]);
  });

  test("failed may be reported while the recorder stops, but not before it was told to", () => {
    expect(judged([...live, ...did("stopBegan"), sent("failed"), ...did("recorderStop", "recorderStopped", "settled")])).toEqual([
      "failed was reported before the recorder was told to stop",
    ]);
  });
});
