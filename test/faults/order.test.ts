// The statuses of one call leave in the order they were asked for, through real faults; no fault and no caller poisons the queue.
import { describe, expect, test } from "vitest";
import type { CallOptions, RecordingClient, ReportableStatus } from "../../src/index.ts";
import { createFaultClock, settle } from "../support/fault-clock.ts";
import { type FaultServer, startFaultServer } from "../support/fault-server.ts";
import * as steps from "../support/fault-server-steps.ts";
import { failOnStrays } from "./guard.ts";
import { completedResponse, connect, credentialOf, failureOf, silence, statusResponse, watch } from "./harness.ts";

failOnStrays();

const send = (graph: RecordingClient, status: ReportableStatus, clientContext: string, options?: CallOptions, id = "c") =>
  graph.updateRecordingStatus(id, { status, clientContext }, options);
const contexts = ({ requests }: FaultServer) => requests.map(({ body }) => (JSON.parse(body) as { clientContext: string }).clientContext);

test("forty statuses of one call, asked for at once, arrive one after another in that order", async () => {
  await using server = await startFaultServer(() => steps.answer(200, steps.operationBody(), { delayMs: 1 }));
  const { graph } = connect(server.url);
  const names = Array.from({ length: 40 }, (_, i) => String(i));
  await Promise.all(names.map((name, i) => send(graph, i % 2 === 0 ? "recording" : "notRecording", name)));
  expect(contexts(server)).toEqual(names);
  expect(server.peakInFlight).toBe(1);
});

test("one call under two spellings of its id is one call", async () => {
  await using server = await startFaultServer(() => steps.answer(200, steps.operationBody(), { delayMs: 20 }));
  const { graph } = connect(server.url);
  const spellings = ["57DAB8B1894C409AB240BD8BEAE78896", "57dab8b1-894c-409a-b240-bd8beae78896"];
  await Promise.all(spellings.map((id, i) => send(graph, "recording", String(i), {}, id)));
  expect([contexts(server), server.peakInFlight]).toEqual([["0", "1"], 1]);
});

describe("a newer status leaves as soon as the attempt before it has ended, and the older one is not repeated", () => {
  test.concurrent.each([
    ["a reset", steps.resetAfterRequest, "NETWORK", true],
    ["no answer", steps.stall, "TIMEOUT", true],
    ["a broken answer", steps.resetAmidBody(), "NETWORK", true],
    ["a 502", steps.refused(502), "HTTP", true],
    ["a 503", steps.refused(503), "HTTP", false],
    ["a 504", steps.refused(504), "HTTP", true],
    ["a 429", steps.refused(429), "THROTTLED", false],
  ])("%s", async (_, step, cause, previousAttemptUnknown) => {
    await using server = await startFaultServer([step]);
    const { graph, records } = connect(server.url, { attemptTimeoutMs: 400 });
    const older = failureOf(send(graph, "recording", "older"));
    await server.arrived(1);
    const newer = send(graph, "notRecording", "newer");
    expect(await older).toMatchObject({ code: "SUPERSEDED", cause: { code: cause } });
    await expect(newer).resolves.toMatchObject({ status: "completed" });
    expect(contexts(server)).toEqual(["older", "newer"]);
    const last = records.find(({ clientContext }) => clientContext === "newer");
    expect(last).toMatchObject({ outcome: "completed", attempt: 1, previousAttemptUnknown });
    expect(records.map(({ outcome }) => outcome)).toEqual([cause, "SUPERSEDED", "completed"]);
  });

  test("what was refused, or answered with nonsense, rejects with its own error, and the newer one goes on", async () => {
    await using server = await startFaultServer([steps.refused(403), steps.answer(200, "<html>"), steps.completed({ status: "failed" })]);
    const { graph } = connect(server.url);
    const calls = ["1", "2", "3"].map((name) => failureOf(send(graph, "recording", name)));
    const last = send(graph, "notRecording", "4");
    expect((await Promise.all(calls)).map(({ code }) => code)).toEqual(["HTTP", "BAD_ANSWER", "OPERATION_FAILED"]);
    await expect(last).resolves.toMatchObject({ status: "completed" });
    expect(contexts(server)).toEqual(["1", "2", "3", "4"]);
  });
});

test("what is over before it began supersedes nothing", async () => {
  await using server = await startFaultServer([steps.refused(503)]);
  const { graph } = connect(server.url);
  const older = send(graph, "recording", "older");
  await server.arrived(1);
  const over = [{ signal: AbortSignal.abort() }, { deadlineMs: 0 }].map((options) =>
    failureOf(send(graph, "notRecording", "over", options)),
  );
  expect((await Promise.all(over)).map(({ code }) => code)).toEqual(["ABORTED", "DEADLINE"]);
  await expect(older).resolves.toMatchObject({ status: "completed" });
  expect(contexts(server)).toEqual(["older", "older"]);
});

test("of many that wait, each leaves once, in order, and only the newest is repeated", async () => {
  await using server = await startFaultServer((request) => (request.index < 5 ? steps.refused(503) : steps.completed()));
  const { graph } = connect(server.url);
  const calls = ["1", "2", "3", "4"].map((name) => watch(send(graph, "recording", name)));
  await expect(send(graph, "notRecording", "5")).resolves.toMatchObject({ status: "completed" });
  expect(calls.map(({ error }) => error?.code)).toEqual(Array(4).fill("SUPERSEDED"));
  expect(contexts(server)).toEqual(["1", "2", "3", "4", "5", "5"]);
});

describe("Retry-After of an older status", () => {
  /** Asks for a second status 4 s into a wait of 10 s. */
  async function superseding(options: CallOptions) {
    const clock = createFaultClock();
    const sent: number[] = [];
    const began = clock.now;
    const fetch = async () => (sent.push(clock.now - began) === 1 ? statusResponse(503, { "retry-after": "10" }) : completedResponse());
    const { graph, records } = connect("http://127.0.0.1:9", { fetch, deadlineMs: 60_000 }, clock.runtime);
    const older = watch(send(graph, "recording", "older"));
    await clock.advance(4_000);
    const newer = watch(send(graph, "notRecording", "newer", options));
    await clock.advance(0);
    return { clock, sent, older, newer, records };
  }

  test("is inherited by the newer one: it waits what is left, not more and not less", async () => {
    const { clock, sent, older, newer, records } = await superseding({});
    expect([older.error?.code, newer.done]).toEqual(["SUPERSEDED", false]);
    await clock.advance(5_999);
    expect(sent).toEqual([0]);
    await clock.advance(1);
    expect([sent, newer.value?.status, records.at(-1)?.waitMs]).toEqual([[0, 10_000], "completed", 6_000]);
  });

  test("rejects the newer one at once when what is left passes its deadline", async () => {
    const { clock, sent, newer } = await superseding({ deadlineMs: 6_000 });
    expect(newer.error).toMatchObject({ code: "THROTTLED", retryAfterMs: 6_000 });
    await clock.advance(60_000);
    expect([sent, clock.pending]).toEqual([[0], 0]);
  });
});

describe("nothing poisons the queue", () => {
  const waits = { attemptTimeoutMs: 50_000, deadlineMs: 50_000 };

  test("a status whose turn does not come in time, or is aborted, gives way", async () => {
    const clock = createFaultClock();
    const sent: unknown[] = [];
    let answer = (_: Response) => {};
    const fetch = (_: string, init: RequestInit) =>
      sent.push(JSON.parse(String(init.body)).clientContext) === 1
        ? new Promise<Response>((resolve) => {
            answer = resolve;
          })
        : Promise.resolve(completedResponse());
    const { graph } = connect("http://127.0.0.1:9", { ...waits, fetch }, clock.runtime);
    const controller = new AbortController();
    const first = watch(send(graph, "recording", "1"));
    const late = watch(send(graph, "notRecording", "2", { deadlineMs: 1_000 }));
    const aborted = watch(send(graph, "recording", "3", { signal: controller.signal }));
    const last = watch(send(graph, "notRecording", "4"));
    await clock.advance(1_000);
    controller.abort();
    await settle();
    expect([late.error?.code, aborted.error?.code, first.done, last.done]).toEqual(["DEADLINE", "ABORTED", false, false]);
    answer(completedResponse());
    await settle();
    expect([first.value?.status, last.value?.status, sent]).toEqual(["completed", "completed", ["1", "4"]]);
  });

  test("a status in flight that is aborted makes way at once", async () => {
    const clock = createFaultClock();
    let requests = 0;
    const fetch = (_: string, init: RequestInit) => (++requests === 1 ? silence(init) : Promise.resolve(completedResponse()));
    const { graph, records } = connect("http://127.0.0.1:9", { ...waits, fetch }, clock.runtime);
    const controller = new AbortController();
    const older = watch(send(graph, "recording", "1", { signal: controller.signal }));
    const newer = watch(send(graph, "notRecording", "2"));
    await settle();
    controller.abort();
    await settle();
    expect([older.error?.code, newer.value?.status]).toEqual(["ABORTED", "completed"]);
    expect(records.at(-1)).toMatchObject({ clientContext: "2", previousAttemptUnknown: true });
  });

  test("a credential that fails for one does not fail for the next", async () => {
    let asked = 0;
    const getToken = async () => {
      if (++asked === 1) throw new Error("AADSTS90033");
      return await credentialOf("a-token").getToken();
    };
    await using server = await startFaultServer();
    const { graph } = connect(server.url, { credential: { getToken } });
    const [first, second] = [failureOf(send(graph, "recording", "1")), send(graph, "notRecording", "2")];
    expect((await first).code).toBe("CREDENTIAL");
    await expect(second).resolves.toMatchObject({ status: "completed" });
    expect(contexts(server)).toEqual(["2"]);
  });
});

test("calls do not wait for each other, whatever one of them waits for", async () => {
  await using server = await startFaultServer(({ url }) => (url.includes("stuck") ? steps.stall : steps.completed()));
  const { graph } = connect(server.url);
  const controller = new AbortController();
  const stuck = failureOf(send(graph, "recording", "1", { signal: controller.signal }, "stuck"));
  const queued = failureOf(send(graph, "recording", "2", { signal: controller.signal }, "stuck"));
  await server.arrived(1);
  await Promise.all(Array.from({ length: 50 }, (_, i) => send(graph, "recording", "x", {}, `free-${i}`)));
  controller.abort();
  expect([(await stuck).code, (await queued).code, server.requests.length]).toEqual(["ABORTED", "ABORTED", 51]);
});
