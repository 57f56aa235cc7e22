// The wrong thing in an argument's place is told for what it is, never as something else that is missing.

import { afterEach, describe, expect, test } from "vitest";
import { contextLimit } from "../../scripts/judges/cases/body-cases.ts";
import { createRecordingClient } from "../../src/index.ts";
import { readCallOptions, readCloseOptions, readOperationInput, readUpdate } from "../../src/input/call-input.ts";
import { readRecordingOptions, readWithRecordingArguments } from "../../src/lifecycle/recording-options.ts";
import { completed, createObservedClient } from "./observed-client.ts";

class Credential {
  async getToken() {
    return { token: "secret-token", expiresOnTimestamp: 0 };
  }
}
const credential = new Credential();
const recorder = { start: () => {}, stop: () => {} };
const body = () => {};
const client = (options: unknown) => () => createRecordingClient(options as never);
const call = (options: unknown) => () => readCallOptions(options, "updateRecordingStatus");
const start = (id: unknown, options: unknown) => () => readRecordingOptions(id, options, "startRecording");
const run = (id: unknown, a: unknown, b?: unknown) => () => readWithRecordingArguments(id, a, b);
const refusal = (message: string) => expect.objectContaining({ code: "BAD_INPUT", message: expect.stringContaining(message) });

const update = 'the second argument must be an object such as { status: "recording" }';
const options = "the options must be an object such as { signal }";
const recording = "the options must be an object such as { recorder }";
const settings = "the options must be an object such as { credential: new DefaultAzureCredential() }";
const duration = "deadlineMs must be a number of milliseconds from 0 to 2147483647";

describe("arguments in the wrong order, or of the wrong kind", () => {
  test.each<[string, () => unknown, string]>([
    ["(status, callId)", () => readUpdate("recording", "c"), `updateRecordingStatus: ${update}; a string was given.`],
    ["(callId, status)", () => readUpdate("c", "recording"), `updateRecordingStatus: ${update}; a string was given.`],
    ["(callId)", () => readUpdate("c", undefined), `updateRecordingStatus: ${update}; nothing was given.`],
    ["(callId, Map)", () => readUpdate("c", new Map()), `updateRecordingStatus: ${update}; a Map was given.`],
    [
      "(update, callId)",
      () => readUpdate({ status: "recording" }, "c"),
      'callId must be string, not object. Call it as updateRecordingStatus(callId, { status: "recording" }).',
    ],
    ["(callId, update, signal)", call(new AbortController().signal), `${options}; an AbortSignal was given.`],
    ["(callId, update, controller)", call(new AbortController()), `${options}; an AbortController was given.`],
    ["(callId, update, 5000)", call(5000), `${options}; 5000 was given.`],
    ["(callId, update, null)", call(null), `${options}; null was given.`],
    ["(callId, update, promise)", call(Promise.resolve({})), `${options}; a Promise was given: await it first.`],
    [
      "(callId, operationId)",
      () => readOperationInput("c", "op"),
      "waitForOperation: the second argument must be an operation such as { id, status }; a string was given.",
    ],
    ["(callId, un-awaited report)", () => readOperationInput("c", Promise.resolve({})), "a Promise was given: await it first."],
    ["(operation, callId)", () => readOperationInput({ id: "op", status: null }, "c"), "Call it as waitForOperation(callId, operation)."],
    [
      "startRecording(options, callId)",
      start({ recorder }, "c"),
      "startRecording: callId must be string, not object. Call it as startRecording(callId, { recorder }).",
    ],
    ["startRecording(callId, body)", start("c", body), `startRecording: ${recording}; a function was given.`],
    [
      "startRecording(callId, recorder)",
      start("c", recorder),
      "startRecording: the recorder goes into an options object: startRecording(callId, { recorder }).",
    ],
    ["startRecording(callId)", start("c", undefined), `startRecording: ${recording}; nothing was given.`],
    [
      "startRecording, no recorder",
      start("c", {}),
      "startRecording: recorder must be an object with the functions start and stop; nothing was given.",
    ],
    ["startRecording, its class", start("c", { recorder: class FileRecorder {} }), "stop; the class FileRecorder was given."],
    ["startRecording, a promised one", start("c", { recorder: Promise.resolve(recorder) }), "stop; a Promise was given: await it first."],
    ["startRecording, half of one", start("c", { recorder: { start: () => {} } }), "start and stop; for stop nothing was given."],
    [
      "withRecording(body, options, callId)",
      run(body, {}, "c"),
      "withRecording: callId must be string, not function. Call it as withRecording(callId, { signal }, async (permit) => { … }).",
    ],
    [
      "withRecording(callId, body, options)",
      run("c", body, {}),
      "withRecording: the options come before the body. Call it as withRecording(callId, { signal }, async (permit) => { … }).",
    ],
    [
      "withRecording(callId, body, body)",
      run("c", body, body),
      "withRecording: the options must be an object such as { signal }; a function was given.",
    ],
    ["withRecording(callId, options)", run("c", {}), "withRecording: the last argument must be the body, a function; nothing was given."],
    [
      "withRecording(callId, recorder, body)",
      run("c", recorder, body),
      "withRecording: the recorder goes into an options object: withRecording(callId, { recorder }",
    ],
    [
      "withRecording(callId, promise)",
      run("c", Promise.resolve(body)),
      "withRecording: the last argument must be the body, a function; a Promise was given: await it first.",
    ],
    [
      "withRecording(callId, null, body)",
      run("c", null, body),
      "withRecording: the options must be an object such as { signal }; null was given.",
    ],
    [
      "withRecording, neither function",
      run("c", { recorder: { begin: body } }, body),
      "recorder must be an object with the functions start and stop; it has neither.",
    ],
    ["close(5000)", () => readCloseOptions(5000), "close: the options must be an object such as { deadlineMs: 25_000 }; 5000 was given."],
    ["close of a signal handler", () => readCloseOptions("SIGTERM"), "25_000 }; a string was given."],
  ])("%s", (_, act, message) => {
    expect(act).toThrow(refusal(message));
  });
});

describe("createRecordingClient", () => {
  test.each<[string, unknown, string]>([
    [
      "the credential itself",
      credential,
      "createRecordingClient: the credential goes into an options object: createRecordingClient({ credential }).",
    ],
    [
      "a plain credential itself",
      { getToken: body },
      "createRecordingClient: the credential goes into an options object: createRecordingClient({ credential }).",
    ],
    ["its class", Credential, `${settings}; the class Credential was given.`],
    ["a token", "secret-token", `${settings}; a string was given.`],
    ["nothing", undefined, `${settings}; nothing was given.`],
    ["a class as credential", { credential: Credential }, "credential must be an instance, not the class itself: new Credential()."],
    [
      "a token as credential",
      { credential: "secret-token" },
      "with a getToken function, for example new DefaultAzureCredential(); a string was given.",
    ],
    [
      "a promised credential",
      { credential: Promise.resolve(credential) },
      "new DefaultAzureCredential(); a Promise was given: await it first.",
    ],
    ["no credential", {}, "new DefaultAzureCredential(); nothing was given."],
    ["a number as retry", { credential, retry: 3 }, "retry must be an object such as { limit: 3 }; 3 was given."],
    ["a fraction as limit", { credential, retry: { limit: 1.5 } }, "retry.limit must be a whole number of at least 0; 1.5 was given."],
    ["no function", { credential, onAttempt: {} }, "onAttempt must be a function; an object was given."],
    ["a URL as baseUrl", { credential, baseUrl: new URL("http://localhost/") }, "baseUrl must be a string; a URL was given."],
  ])("%s", (_, given, message) => {
    expect(client(given)).toThrow(refusal(message));
    expect(client(given)).not.toThrow(/secret-token/);
  });
});

test.each<[string, object, string]>([
  ["a Date", { deadlineMs: new Date() }, `${duration}; a Date was given.`],
  ["text", { deadlineMs: "5000" }, `${duration}; a string was given.`],
  ["NaN", { deadlineMs: Number.NaN }, `${duration}; NaN was given.`],
  ["Infinity", { deadlineMs: Number.POSITIVE_INFINITY }, `${duration}; Infinity was given.`],
  ["a negative one", { deadlineMs: -1 }, `${duration}; -1 was given.`],
  ["a bigint", { deadlineMs: 5n }, `${duration}; a bigint was given.`],
  ["null", { deadlineMs: null }, `${duration}; null was given.`],
  [
    "an AbortController as signal",
    { signal: new AbortController() },
    "signal must be an AbortSignal; an AbortController was given: pass its .signal.",
  ],
  ["another object as signal", { signal: {} }, "signal must be an AbortSignal; an object was given."],
  ["a number as tenant", { tenantId: 5 }, "tenantId must be a non-empty string; 5 was given."],
  ["an empty tenant", { tenantId: "" }, "tenantId must be a non-empty string; an empty one was given."],
])("%s", (_, given, message) => {
  expect(call(given)).toThrow(refusal(`updateRecordingStatus: ${message}`));
});

test("a wrong mark of a recording is told in the name of the call that was made", () => {
  expect(start("c", { recorder, clientContext: "x".repeat(contextLimit + 1) })).toThrow(
    refusal(`startRecording: clientContext must have at most ${contextLimit}`),
  );
});

describe("a signal of a polyfill: aborted and addEventListener are enough", () => {
  const listeners: (() => void)[] = [];
  const signal = { aborted: false, addEventListener: (_: string, listener: () => void) => listeners.push(listener) };
  afterEach(() => {
    listeners.length = 0;
    signal.aborted = false;
  });

  test("a report that succeeds leaves nothing behind that throws", async () => {
    const { graph, clock } = createObservedClient(() => completed());
    const report = graph.updateRecordingStatus("c", { status: "recording" }, { signal } as never);
    await clock.advance(0);
    await expect(report).resolves.toMatchObject({ status: "completed" });
  });

  test("it ends a report and a wait", async () => {
    const { graph, clock } = createObservedClient(() => new Promise<Response>(() => {}));
    const report = graph.updateRecordingStatus("c", { status: "recording" }, { signal } as never);
    const wait = graph.waitForOperation("c", { id: "op", status: "running" }, { signal } as never);
    for (const call of [report, wait]) call.catch(() => {});
    await clock.advance(0);
    signal.aborted = true;
    for (const listener of listeners.splice(0)) listener();
    await expect(report).rejects.toMatchObject({ code: "ABORTED" });
    await expect(wait).rejects.toMatchObject({ code: "ABORTED" });
  });
});
