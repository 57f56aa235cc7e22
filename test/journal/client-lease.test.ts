// A journal that several processes write to: an entry is held for a time. Whoever was paused, or cut off, writes and reports nothing more.
import type { JournalHold } from "teams-recording-status";
import { expect, test } from "vitest";
import { callId, createWorld, outcome } from "./world.ts";

/** A hold that ends when the test says so. */
function createHold() {
  let [permits, mayReport, confirms]: [boolean, boolean, boolean | Error] = [true, true, false];
  const listeners: (() => void)[] = [];
  let asked = 0;
  const hold: JournalHold = {
    permits: () => permits,
    mayReport: () => mayReport,
    async confirm() {
      asked++;
      if (confirms instanceof Error) throw confirms;
      mayReport = confirms;
      return confirms;
    },
    onLost: (callback) => void listeners.push(callback),
  };
  return {
    hold,
    /** How often the journal was asked. */
    asked: () => asked,
    /** The time is over; nobody tells yet. */
    expire(state: { readonly mayReport: boolean; readonly confirms?: boolean | Error }) {
      permits = false;
      mayReport = state.mayReport;
      confirms = state.confirms ?? false;
    },
    tell: () => {
      for (const listener of listeners) listener();
    },
  };
}

async function liveWithHold() {
  const world = createWorld();
  const lease = createHold();
  world.behaviour.opened = () => lease.hold;
  return { ...world, ...lease, recording: await world.live() };
}

test("nothing is persisted from the instant on at which the lease is over, also before anybody tells", async () => {
  const { recording, expire, clock, steps } = await liveWithHold();
  expect(() => recording.assertRecording()).not.toThrow();
  expire({ mayReport: true });
  expect(() => recording.assertRecording()).toThrow(expect.objectContaining({ code: "NOT_PERMITTED" }));
  expect(recording.signal.aborted).toBe(true);
  await clock.advance(0);
  const { reason, reported, error } = await recording.ended;
  expect([reason, reported, steps.at(-1)]).toEqual(["failed", "failed", "closed e1 failed failed"]);
  expect(error).toMatchObject({ code: "JOURNAL", message: expect.stringContaining("has lost its lease") });
});

test("who is told that the lease is over ends as failed; withRecording rejects with that, even if its body does not mind", async () => {
  const world = createWorld();
  const lease = createHold();
  world.behaviour.opened = () => lease.hold;
  const running = outcome(
    world.graph.withRecording(callId, ({ signal }) => new Promise<void>((resolve) => (signal.onabort = () => resolve()))),
  );
  await world.clock.advance(0);
  lease.expire({ mayReport: true });
  lease.tell();
  lease.tell();
  await world.clock.advance(0);
  expect(running.error).toMatchObject({ code: "JOURNAL", mayBeInEffect: false });
  expect(world.steps.at(-1)).toBe("closed e1 failed failed");
});

test("a chunk does not pass a pipe whose lease is over", async () => {
  const { recording, expire, fake, clock } = await liveWithHold();
  const next = Promise.withResolvers<void>();
  async function* source() {
    yield "before";
    await next.promise;
    yield "after";
  }
  const sink = fake.sink(callId);
  const piped = outcome(recording.pipe(source(), sink));
  await clock.advance(0);
  expire({ mayReport: true });
  next.resolve();
  await clock.advance(0);
  const written = fake.history.flatMap((event) => (event.type === "persisted" ? [event.chunk] : []));
  expect([written, piped.done, (await recording.ended).reason]).toEqual([["before"], true, "failed"]);
});

test("when another process may have taken over, nothing more is reported: that would speak of its recording", async () => {
  const { recording, expire, tell, clock, steps, asked } = await liveWithHold();
  expire({ mayReport: false });
  tell();
  await clock.advance(60_000);
  const { reason, reported } = await recording.ended;
  expect([reason, reported, asked(), steps.slice(-2)]).toEqual(["failed", undefined, 1, ["recorder has stopped", "released e1"]]);
  const again = outcome(recording.stop());
  await clock.advance(60_000);
  expect(again.error).toMatchObject({ code: "JOURNAL", message: expect.stringContaining("is not to be reported from here any more") });
});

test("an entry that nobody took in the meantime is confirmed, and its end reported", async () => {
  const { recording, expire, tell, clock, steps } = await liveWithHold();
  expire({ mayReport: false, confirms: true });
  tell();
  await clock.advance(0);
  expect([(await recording.ended).reported, steps.at(-1)]).toEqual(["failed", "closed e1 failed failed"]);
});

test("a journal that cannot be asked then says nothing: nothing is reported", async () => {
  const { recording, expire, tell, clock } = await liveWithHold();
  const why = new Error("no connection");
  expire({ mayReport: false, confirms: why });
  tell();
  await clock.advance(0);
  const { error } = await recording.ended;
  expect(error).toMatchObject({ code: "SEVERAL_FAILURES", errors: [{ code: "JOURNAL" }, { code: "JOURNAL", cause: why }] });
});

test("a closing report that is repeated stops repeating when the lease is over", async () => {
  const { recording, expire, clock, steps, fake } = await liveWithHold();
  fake.script([{ status: 503 }, { status: 503 }]);
  const stopped = outcome(recording.stop());
  await clock.advance(0);
  expire({ mayReport: false });
  await clock.advance(60_000);
  expect([stopped.error?.code, steps.filter((step) => step === "sent notRecording").length]).toEqual(["JOURNAL", 1]);
});

test("a start does not send recording when its lease is over before that", async () => {
  const { graph, clock, steps, behaviour, recorder } = createWorld();
  const { hold, expire } = createHold();
  behaviour.opened = () => {
    expire({ mayReport: false });
    return hold;
  };
  const started = outcome(graph.startRecording(callId, { recorder }));
  await clock.advance(0);
  expect([started.error?.code, steps]).toEqual(["JOURNAL", ["opened e1", "closed e1 startFailed undefined"]]);
});

test("a plain recording whose lease is over is opened anew", async () => {
  const { graph, clock, steps, behaviour } = createWorld();
  const { hold, expire } = createHold();
  behaviour.opened = () => hold;
  const report = async () => {
    const reported = outcome(graph.updateRecordingStatus(callId, { status: "recording" }));
    await clock.advance(0);
    return reported.value?.status;
  };
  await report();
  expire({ mayReport: false });
  behaviour.opened = () => {};
  expect([await report(), steps]).toEqual(["completed", ["opened e1", "sent recording", "opened e2", "sent recording"]]);
});

test("a claimer whose lease is over reports nothing, and leaves the orphan to others", async () => {
  const world = createWorld();
  const { hold, expire } = createHold();
  expire({ mayReport: false });
  world.leave(callId, { hold });
  const recovered = outcome(world.graph.recoverRecordings());
  await world.clock.advance(60_000);
  expect(recovered.value).toMatchObject([{ reason: "recovered", reported: undefined, error: { code: "JOURNAL" } }]);
  expect(world.steps).toEqual(["released e1"]);
});
