// The bound on requests in flight: no slot is lost and none is given twice, however its holder or the one who waits for it ends.
import { expect, test } from "vitest";
import { createSlots } from "../../src/waiting/slots.ts";
import { createFaultClock, settle } from "../support/fault-clock.ts";
import { failOnStrays } from "./guard.ts";
import { completedResponse, connect, silence, statusResponse, watch } from "./harness.ts";

failOnStrays();

const url = "http://127.0.0.1:9";

/** A client with one slot, whose requests are answered by hand, in the order in which they came. */
function oneSlot() {
  const clock = createFaultClock();
  const open: { readonly call: string; readonly answer: (response: Response) => void }[] = [];
  const fetch = (address: string, init: RequestInit) =>
    Promise.race([
      silence(init),
      new Promise<Response>((answer) => {
        open.push({ call: /calls\/([^/]+)\//.exec(address)?.[1] ?? "", answer });
      }),
    ]);
  const options = { fetch, maxConcurrency: 1, attemptTimeoutMs: 5_000, deadlineMs: 60_000, retry: { limit: 1 } };
  const { graph } = connect(url, options, clock.runtime);
  const send = (call: string, status: "recording" | "notRecording") => watch(graph.updateRecordingStatus(call, { status }));
  return { clock, open, send, calls: () => open.map(({ call }) => call) };
}

test("a call that waits, for its turn or before a retry, holds no slot", async () => {
  const { clock, open, send, calls } = oneSlot();
  const first = send("a", "recording");
  await settle();
  open[0]?.answer(statusResponse(429, { "retry-after": "30" }));
  await settle();
  const other = send("b", "recording");
  await settle();
  open[1]?.answer(completedResponse());
  await settle();
  expect([first.done, other.value?.status, calls()]).toEqual([false, "completed", ["a", "b"]]);
  await clock.advance(30_000);
  expect(calls()).toEqual(["a", "b", "a"]);
});

test("a retry that is superseded while it waits for a slot gives it back", async () => {
  const { clock, open, send, calls } = oneSlot();
  const older = send("a", "recording");
  await settle();
  open[0]?.answer(statusResponse(503));
  await settle();
  const other = send("b", "recording");
  // The retry of "a" is due, and waits for the slot that "b" holds.
  await clock.advance(100);
  const newer = send("a", "notRecording");
  await settle();
  expect(calls()).toEqual(["a", "b"]);
  open[1]?.answer(completedResponse());
  await settle();
  open[2]?.answer(completedResponse());
  await settle();
  expect([older.error?.code, other.value?.status, newer.value?.status]).toEqual(["SUPERSEDED", "completed", "completed"]);
});

test.each<[string, ("holder" | "waiter")[]]>([
  ["its holder", ["holder"]],
  ["the one who waits for it", ["waiter"]],
  ["both, the holder first", ["holder", "waiter"]],
  ["both, the holder last", ["waiter", "holder"]],
])("no slot is lost by aborting %s", async (_, order) => {
  const clock = createFaultClock();
  const fetch = async (address: string, init: RequestInit) => (address.includes("last") ? completedResponse() : silence(init));
  const options = { fetch, maxConcurrency: 1, attemptTimeoutMs: 5_000, deadlineMs: 60_000 };
  const { graph } = connect(url, options, clock.runtime);
  const controllers = { holder: new AbortController(), waiter: new AbortController() };
  const send = (call: string, signal?: AbortSignal) => watch(graph.updateRecordingStatus(call, { status: "recording" }, { signal }));
  const [, , last] = [send("holder", controllers.holder.signal), send("waiter", controllers.waiter.signal), send("last")];
  await settle();
  for (const who of order) controllers[who].abort();
  await clock.advance(60_000);
  expect([last?.value?.status, clock.pending]).toEqual(["completed", 0]);
});

test("a slot that is handed over to one who has just left goes to the next", async () => {
  const slots = createSlots(1);
  const controller = new AbortController();
  const { signal } = new AbortController();
  const release = await slots.take(signal);
  const left = slots.take(controller.signal);
  const next = watch(slots.take(signal));
  controller.abort("left");
  release();
  await expect(left).rejects.toBe("left");
  await settle();
  expect(next.done).toBe(true);
});

test("a slot is freed once, however often its holder says so", async () => {
  const slots = createSlots(1);
  const { signal } = new AbortController();
  const release = await slots.take(signal);
  const waiting = [watch(slots.take(signal)), watch(slots.take(signal))];
  release();
  release();
  await settle();
  expect(waiting.map(({ done }) => done)).toEqual([true, false]);
});
