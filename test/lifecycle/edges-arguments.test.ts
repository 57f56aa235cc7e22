// Arguments are read once, at the call, and only their own properties: what happens to them later changes nothing.
import type { Recorder, RecordingOptions } from "teams-recording-status";
import { describe, expect, test } from "vitest";
import { callId, createHarness, outcome } from "./harness.ts";

const names = ["recorder", "signal", "clientContext", "deadlineMs", "tenantId", "startTimeoutMs", "stopTimeoutMs"];

/** The bodies of the reports, and the tenants that tokens were asked for. */
function observe() {
  const bodies: { status: string; clientContext: string }[] = [];
  const tenants: (string | undefined)[] = [];
  const harness = createHarness();
  const { fake } = harness;
  const observed = createHarness({
    fetch: (url, init) => {
      if (init.body !== undefined) bodies.push(JSON.parse(String(init.body)));
      return fake.fetch(url, init);
    },
    credential: {
      getToken: (scopes, options) => {
        tenants.push(options?.tenantId);
        return fake.credential.getToken(scopes, options);
      },
    },
  });
  return { ...observed, bodies, tenants };
}

describe("the recorder", () => {
  test("is asked with itself as `this`, private fields included; start gets call, operation and signal, stop gets call, reason and a signal of its own", async () => {
    const { graph, clock } = createHarness();
    const seen: Record<string, unknown>[] = [];
    class FileRecorder implements Recorder {
      readonly #seen = seen;
      start(context: Parameters<Recorder["start"]>[0]) {
        this.#seen.push({ ...context });
      }
      stop(context: Parameters<Recorder["stop"]>[0]) {
        this.#seen.push({ ...context });
      }
    }
    const started = outcome(graph.startRecording(callId, { recorder: new FileRecorder() }));
    await clock.advance(0);
    const { signal, operation } = started.value ?? {};
    outcome<unknown>(started.value?.stop() ?? Promise.resolve());
    await clock.advance(0);
    expect(seen).toEqual([
      { callId, operation, signal },
      { callId, reason: "stopped", signal: expect.any(AbortSignal) },
    ]);
    expect([seen[0]?.signal === signal, operation?.status]).toEqual([true, "completed"]);
  });

  test("each of its functions is read once", async () => {
    const { graph, clock } = createHarness();
    const reads: string[] = [];
    const recorder = {
      get start() {
        reads.push("start");
        return () => {};
      },
      get stop() {
        reads.push("stop");
        return () => {};
      },
    };
    const done = outcome(graph.withRecording(callId, { recorder }, () => "done"));
    await clock.advance(0);
    expect([done.value, reads]).toEqual(["done", ["start", "stop"]]);
  });

  test("one that is changed after the call is not asked", async () => {
    const { graph, clock } = createHarness();
    const asked: string[] = [];
    const ask = (what: string) => () => void asked.push(what);
    const recorder: Recorder = { start: ask("start"), stop: ask("stop") };
    const started = outcome(graph.startRecording(callId, { recorder }));
    recorder.start = ask("another start");
    recorder.stop = ask("another stop");
    await clock.advance(0);
    outcome<unknown>(started.value?.stop() ?? Promise.resolve());
    await clock.advance(0);
    expect(asked).toEqual(["start", "stop"]);
  });
});

describe("the options", () => {
  test("are read once each, before the call returns", async () => {
    const { graph, recorder, clock } = createHarness();
    const reads: string[] = [];
    const values: RecordingOptions = { recorder: recorder(), clientContext: "mine", deadlineMs: 5_000, tenantId: "tenant" };
    const getter = (name: string) => {
      reads.push(name);
      return values[name as keyof RecordingOptions];
    };
    const options = {};
    for (const name of names) Object.defineProperty(options, name, { enumerable: true, get: () => getter(name) });
    const started = outcome(graph.startRecording(callId, options as RecordingOptions));
    const atOnce = reads.toSorted();
    await clock.advance(0);
    outcome<unknown>(started.value?.stop() ?? Promise.resolve());
    await clock.advance(0);
    expect([started.value?.state, atOnce, reads.toSorted()]).toEqual(["ended", names.toSorted(), names.toSorted()]);
  });

  test("changed after the call are not seen, by neither report", async () => {
    const { graph, recorder, clock, bodies, tenants } = observe();
    const options: RecordingOptions = { recorder: recorder(), clientContext: "mine", tenantId: "tenant", stopTimeoutMs: 500 };
    const started = outcome(graph.startRecording(callId, options));
    Object.assign(options, {
      recorder: undefined,
      clientContext: "other",
      tenantId: "other",
      stopTimeoutMs: -1,
      signal: AbortSignal.abort(),
    });
    await clock.advance(0);
    const stopped = outcome(started.value?.stop() ?? Promise.reject(started.error));
    await clock.advance(0);
    expect([stopped.error, bodies.map(({ status }) => status)]).toEqual([undefined, ["recording", "notRecording"]]);
    expect([bodies[0]?.clientContext, new Set(tenants)]).toEqual(["mine", new Set(["tenant"])]);
  });

  test("that their class defines count", async () => {
    const { graph, recorder, clock, bodies, tenants } = observe();
    const defaults = { clientContext: "of the class", tenantId: "tenant of the class" };
    const started = outcome(graph.startRecording(callId, Object.assign(Object.create(defaults), { recorder: recorder() })));
    await clock.advance(0);
    expect([started.value?.state, bodies[0]?.clientContext, tenants]).toEqual(["recording", "of the class", ["tenant of the class"]]);
    const inherited = outcome(graph.startRecording("other", Object.create({ recorder: recorder() })));
    await clock.advance(0);
    expect(inherited.error).not.toMatchObject({ code: "BAD_INPUT" });
  });

  test.each([
    [{ signal: {} }, /signal/],
    [{ deadlineMs: "5" }, /deadlineMs/],
    [{ tenantId: "" }, /tenantId/],
    [{ clientContext: 5 }, /clientContext/],
    [{ startTimeoutMs: Number.NaN }, /startTimeoutMs/],
    [{ stopTimeoutMs: 2 ** 31 }, /stopTimeoutMs/],
    [{ recorder: { start: () => {}, stop: "x" } }, /recorder/],
    [{ signal: new AbortController() }, /pass its \.signal/],
    [{ deadlineMS: 5 }, /unknown option "deadlineMS"; did you mean deadlineMs\?/],
  ])("%o: refused before anything is sent, and the call is not live", async (wrong, message) => {
    const { graph, recorder, clock, reports } = createHarness();
    const started = outcome(graph.startRecording(callId, { recorder: recorder(), ...wrong } as never));
    await clock.advance(0);
    expect(started.error).toMatchObject({ code: "BAD_INPUT", message: expect.stringMatching(message) });
    expect([reports(), graph.recordings]).toEqual([[], []]);
  });

  test.each(["", ".", "..", 5, null])("the call id %o is refused", async (id) => {
    const { graph, recorder } = createHarness();
    await expect(graph.startRecording(id as string, { recorder: recorder() })).rejects.toMatchObject({ code: "BAD_INPUT" });
  });
});

describe("the reports", () => {
  test("have marks of their own: a fresh GUID each, unless the caller gives the first", async () => {
    const { live, clock, bodies } = observe();
    for (const options of [{}, { clientContext: "mine" }]) {
      const recording = await live(options);
      outcome(recording.stop());
      await clock.advance(0);
    }
    const marks = bodies.map(({ clientContext }) => clientContext);
    expect([marks[2], new Set(marks).size]).toEqual(["mine", 4]);
    for (const mark of marks.toSpliced(2, 1)) expect(mark).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  test("graph.recordings is a list of its own, which changes nothing", async () => {
    const { live, graph, clock } = createHarness();
    const recording = await live();
    (graph.recordings as unknown[]).length = 0;
    expect(graph.recordings).toEqual([recording]);
    const stopped = outcome(recording.stop());
    expect(graph.recordings).toEqual([recording]);
    await clock.advance(0);
    expect([stopped.done, graph.recordings]).toEqual([true, []]);
  });
});
