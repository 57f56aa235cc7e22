// Options are read by name, and a name that nobody reads is a typo: refused, with the name that was probably meant.
import { describe, expect, test } from "vitest";
import { createRecordingClient } from "../../src/index.ts";
import { readCallOptions, readCloseOptions, readUpdate } from "../../src/input/call-input.ts";
import { readRecordingOptions, readWithRecordingArguments } from "../../src/lifecycle/recording-options.ts";
import { updateRecordingStatusRequestSchema } from "../../src/wire.ts";
import { createObservedClient } from "./observed-client.ts";

const credential = { getToken: async () => ({ token: "t", expiresOnTimestamp: 0 }) };
const recorder = { start: () => {}, stop: () => {} };
const refusal = (message: string) => expect.objectContaining({ code: "BAD_INPUT", message });

const clientNames =
  "It takes credential, cloud, version, baseUrl, allowUnknownHost, fetch, attemptTimeoutMs, deadlineMs, retry, maxConcurrency, onAttempt, journal.";
const updateNames = Object.keys(updateRecordingStatusRequestSchema.properties).join(", ");
const callNames = "It takes signal, deadlineMs, tenantId.";
const recordingNames = "It takes recorder, signal, deadlineMs, tenantId, clientContext, startTimeoutMs, stopTimeoutMs.";

const client = (options: object) => createRecordingClient({ credential, ...options } as never);
const call = (options: object) => readCallOptions(options, "updateRecordingStatus");
const start = (options: object) => readRecordingOptions("c", { recorder, ...options }, "startRecording");

describe("an unknown name of a plain object is refused", () => {
  test.each<[string, () => unknown, string]>([
    [
      "case",
      () => client({ deadlineMS: 1 }),
      `createRecordingClient: unknown option "deadlineMS"; did you mean deadlineMs? ${clientNames}`,
    ],
    [
      "a part",
      () => client({ timeout: 1 }),
      `createRecordingClient: unknown option "timeout"; did you mean attemptTimeoutMs? ${clientNames}`,
    ],
    ["nothing near", () => client({ quux: 1 }), `createRecordingClient: unknown option "quux". ${clientNames}`],
    [
      "before what is missing",
      () => createRecordingClient({ credentials: credential } as never),
      `createRecordingClient: unknown option "credentials"; did you mean credential? ${clientNames}`,
    ],
    [
      "inside retry",
      () => client({ retry: { limti: 1 } }),
      'createRecordingClient: unknown option "retry.limti"; did you mean retry.limit? It takes limit.',
    ],
    [
      "call options",
      () => call({ sginal: undefined }),
      `updateRecordingStatus: unknown option "sginal"; did you mean signal? ${callNames}`,
    ],
    [
      "without a prototype",
      () => call(Object.assign(Object.create(null), { tenantid: "t" })),
      `updateRecordingStatus: unknown option "tenantid"; did you mean tenantId? ${callNames}`,
    ],
    [
      "recording options",
      () => start({ clientcontext: "x" }),
      `startRecording: unknown option "clientcontext"; did you mean clientContext? ${recordingNames}`,
    ],
    [
      "withRecording's",
      () => readWithRecordingArguments("c", { recoder: recorder }, () => {}),
      `withRecording: unknown option "recoder"; did you mean recorder? ${recordingNames}`,
    ],
    [
      "close options",
      () => readCloseOptions({ deadline: 5 }),
      'close: unknown option "deadline"; did you mean deadlineMs? It takes deadlineMs.',
    ],
    [
      "the update",
      () => readUpdate("c", { staus: "recording" }),
      `updateRecordingStatus: update has no property "staus"; did you mean status? It takes ${updateNames}.`,
    ],
    [
      "__proto__ as JSON has it",
      () => call(JSON.parse('{"__proto__":{"deadlineMs":5}}')),
      `updateRecordingStatus: unknown option "__proto__". ${callNames}`,
    ],
  ])("%s", (_, act, message) => {
    expect(act).toThrow(refusal(message));
  });

  test("also when its value is undefined: a typo shows on the first run, not on the first that has a value", () => {
    expect(() => client({ deadlineMS: undefined })).toThrow(/unknown option "deadlineMS"/);
    expect(() => readUpdate("c", { status: "recording", clientcontext: undefined })).toThrow(/did you mean clientContext/);
  });

  test("a very long one is shown in part", () => {
    expect(() => call({ ["x".repeat(100_000)]: 1 })).toThrow(expect.objectContaining({ message: expect.stringMatching(/^.{1,300}$/) }));
  });

  test("waitForOperation's too, and the call rejects", async () => {
    const { graph, sent } = createObservedClient(() => new Response());
    const waiting = graph.waitForOperation("c", { id: "op", status: "running" }, { deadlineMS: 5 } as never);
    await expect(waiting).rejects.toMatchObject({ code: "BAD_INPUT", message: expect.stringMatching(/^waitForOperation: unknown option/) });
    expect(sent).toEqual([]);
  });
});

describe("what may be there all the same", () => {
  test("more in an instance of a class, its own or inherited", () => {
    class Settings {
      readonly deadlineMs = 7;
      readonly more = "of its own";
    }
    expect(call(new Settings()).deadlineMs).toBe(7);
    expect(call(Object.create({ deadlineMs: 8, more: 1 })).deadlineMs).toBe(8);
  });

  test("a symbol, and what cannot be enumerated", () => {
    const options = Object.defineProperty({ [Symbol("mine")]: 1, deadlineMs: 9 }, "hidden", { value: 1 });
    expect(call(options).deadlineMs).toBe(9);
  });

  test("what stands on Object.prototype", () => {
    Object.defineProperty(Object.prototype, "deadlineMS", { value: 1, configurable: true, writable: true, enumerable: true });
    try {
      expect(call({ deadlineMs: 9 }).deadlineMs).toBe(9);
    } finally {
      delete (Object.prototype as { deadlineMS?: number }).deadlineMS;
    }
  });
});
