import { expect, test } from "vitest";
import { createRecordingClient } from "../../src/index.ts";
import { createFakeGraph } from "../../src/testing/index.ts";

const credential = { getToken: async () => null };
const create = (runtime: unknown) => () => createRecordingClient({ credential }, runtime as never);

test.each([
  ["nothing", undefined],
  ["an empty object", {}],
  ["a clock", createFakeGraph().clock],
  ["a part of a runtime", { random: (): number => 0 }],
])("%s is taken", (_, runtime) => expect(create(runtime)).not.toThrow());

test.each([
  ["the fake in place of its clock", createFakeGraph(), /such as fake\.clock; it has none of now, .*: pass its clock\./],
  ["other options", { deadlineMs: 5 }, /it has none of now/],
  ["a number", 5, /must be a runtime such as fake\.clock; /],
  ["null", null, /must be a runtime/],
  ["a clock that is none", { now: 5 }, /now of the second argument must be a function/],
])("%s is refused: time would be real without a word", (_, runtime, message) => {
  expect(create(runtime)).toThrow(expect.objectContaining({ code: "BAD_INPUT", message: expect.stringMatching(message) }));
});

test("a clock of a class keeps its `this`", async () => {
  class Clock {
    #now = 7;
    now() {
      return this.#now;
    }
  }
  const records: number[] = [];
  const graph = createRecordingClient({ credential, onAttempt: ({ startedAt }) => records.push(startedAt) }, new Clock());
  await graph.updateRecordingStatus("c", { status: "recording" }).catch(() => {});
  expect(records).toEqual([7]);
});
