// Gates that have done their work while the recording goes on: a recording may live for hours and make one for every utterance.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { createHarness, outcome } from "./harness.ts";

test("a gate whose source has ended is not kept", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const { live, clock } = createHarness();
  const recording = await live();
  const use = async () => {
    const gate = recording.gate<string>();
    const source = new ReadableStream<string>({ start: (controller) => controller.close() });
    await source.pipeThrough(gate).pipeTo(new WritableStream());
    return new WeakRef(gate);
  };
  const used = await Promise.all(Array.from({ length: 20 }, use));
  for (let turn = 0; turn < 5; turn++) {
    await clock.advance(0);
    collect();
  }
  // The last one may still be on the stack of the engine.
  expect(used.filter((gate) => gate.deref() !== undefined).length).toBeLessThan(5);
  expect(recording.state).toBe("recording");
});

test("a gate that ended while the recording was live does not hold up the stop", async () => {
  const { live, clock, reports } = createHarness();
  const recording = await live();
  const source = new ReadableStream<string>({
    start: (controller) => {
      controller.enqueue("a");
      controller.close();
    },
  });
  await source.pipeThrough(recording.gate<string>()).pipeTo(new WritableStream());
  const stopped = outcome(recording.stop());
  await clock.advance(0);
  expect([stopped.value?.reported, reports()]).toEqual(["notRecording", ["recording", "notRecording"]]);
});
