import { describe, expect, test } from "vitest";
import * as constants from "../../generated/constants.gen.ts";
import { contextLimit } from "../../scripts/judges/cases/body-cases.ts";
import { createRecordingClient } from "../../src/index.ts";
import { readCallOptions, readPathId, readUpdate } from "../../src/input/call-input.ts";
import { refuseFor } from "../../src/input/read.ts";
import { enforcedKeywords } from "../../src/util/schema-check.ts";

const refuses = (message: string) => expect.objectContaining({ code: "BAD_INPUT", message: expect.stringContaining(message) });

describe("the update", () => {
  test.each([
    [{ status: "recording" }, { status: "recording" }],
    [
      { status: "failed", clientContext: "c" },
      { status: "failed", clientContext: "c" },
    ],
    [{ status: "notRecording", clientContext: null }, { status: "notRecording" }],
    [{ status: "recording", clientContext: undefined }, { status: "recording" }],
    [
      { status: "recording", clientContext: "" },
      { status: "recording", clientContext: "" },
    ],
    [
      { status: "recording", clientContext: "é".repeat(contextLimit) },
      { status: "recording", clientContext: "é".repeat(contextLimit) },
    ],
    [
      { status: "recording", clientContext: "😀".repeat(contextLimit) },
      { status: "recording", clientContext: "😀".repeat(contextLimit) },
    ],
  ])("%o is sent as it is, a null context left out", (update, body) => {
    expect(readUpdate("c", update).body).toEqual(body);
  });

  test.each([
    [undefined, "must be an object"],
    [null, "must be an object"],
    ["recording", "must be an object"],
    [["recording"], "must be an object"],
    [{}, "update.status is missing"],
    [{ status: undefined }, "update.status is missing"],
    [{ status: null }, "update.status must be string, not null"],
    [{ status: 2 }, "update.status must be string, not number"],
    [{ status: "unknown" }, ', not "unknown"'],
    [{ status: "unknownFutureValue" }, "one of notRecording, recording, failed"],
    [{ status: "Recording" }, "one of notRecording, recording, failed"],
    [{ status: "notRecording | recording | failed" }, "one of notRecording, recording, failed"],
    [{ status: "recording", clientContext: 1 }, "update.clientContext must be string or null, not number"],
    [{ status: "recording", clientContext: ["x"] }, "update.clientContext must be string or null, not array"],
    [
      { status: "recording", clientContext: "x".repeat(contextLimit + 1) },
      `at most ${contextLimit} characters (code points); it has ${contextLimit + 1}`,
    ],
    [
      { status: "recording", clientContext: "😀".repeat(contextLimit + 1) },
      `at most ${contextLimit} characters (code points); it has ${contextLimit + 1}`,
    ],
    [
      { status: "recording", clientcontext: "x" },
      'update has no property "clientcontext"; did you mean clientContext? It takes status, clientContext',
    ],
  ])("%o is refused", (update, message) => {
    expect(() => readUpdate("c", update)).toThrow(refuses(message));
  });

  test("what its class defines counts", () => {
    expect(readUpdate("c", Object.create({ status: "recording" })).body).toEqual({ status: "recording" });
  });

  test("a getter is read once", () => {
    let reads = 0;
    const update = {
      get status() {
        reads++;
        return reads === 1 ? "recording" : "failed";
      },
    };
    expect(readUpdate("c", update).body.status).toBe("recording");
    expect(reads).toBe(1);
  });
});

describe("the call id", () => {
  test.each(["57dab8b1-894c-409a-b240-bd8beae78896", "a/b", "...", ".a", "..a", " ", "ä😀", "x\n", "%2e%2e"])(
    "%j is taken as it is",
    (id) => {
      expect(readPathId(id, "callId", refuseFor("f"))).toBe(id);
    },
  );

  test.each([
    ["", "callId must have at least 1 character; it has 0"],
    [".", 'callId "." is not allowed'],
    ["..", 'callId ".." is not allowed'],
    ["\ud800", "callId is no well-formed Unicode text"],
    [undefined, "callId must be string, not undefined"],
    [null, "callId must be string, not null"],
    [5, "callId must be string, not number"],
  ])("%j is refused", (id, message) => {
    expect(() => readPathId(id, "callId", refuseFor("f"))).toThrow(refuses(message));
  });
});

describe("the options of a call", () => {
  test.each([
    [null, "the options must be an object"],
    [{ signal: {} }, "signal must be an AbortSignal"],
    [{ signal: null }, "signal must be an AbortSignal"],
    [{ deadlineMs: -1 }, "deadlineMs must be a number of milliseconds"],
    [{ tenantId: "" }, "tenantId must be a non-empty string"],
    [{ tenantId: 5 }, "tenantId must be a non-empty string"],
  ])("%o are refused", (options, message) => {
    expect(() => readCallOptions(options, "f")).toThrow(refuses(message));
  });

  test("what their class defines counts", () => {
    expect(readCallOptions(Object.create({ deadlineMs: 7 }), "f").deadlineMs).toBe(7);
  });
});

test("bad input rejects, it never throws, and nothing is sent", async () => {
  const sent: string[] = [];
  const graph = createRecordingClient({
    credential: { getToken: async () => ({ token: "t", expiresOnTimestamp: 0 }) },
    fetch: async (url) => {
      sent.push(url);
      return new Response();
    },
  });
  const throwing = {
    get status(): "recording" {
      throw new Error("no status today");
    },
  };
  await expect(graph.updateRecordingStatus("", { status: "recording" })).rejects.toMatchObject({ code: "BAD_INPUT" });
  await expect(graph.updateRecordingStatus("c", throwing)).rejects.toMatchObject({ message: expect.stringContaining("no status today") });
  expect(sent).toEqual([]);
});

test("the client enforces every keyword of the schemas for what it sends", () => {
  const keywords = (schema: object): string[] => [
    ...Object.keys(schema),
    ...Object.values("properties" in schema ? (schema.properties as object) : {}).flatMap(keywords),
  ];
  const sent = [constants.updateRecordingStatusRequestSchema, constants.callIdParameterSchema, constants.operationIdParameterSchema];
  const unknown = sent.flatMap(keywords).filter((keyword) => !(enforcedKeywords as readonly string[]).includes(keyword));
  expect(unknown, "teach src/util/schema-check.ts these keywords, or take them out of the spec").toEqual([]);
  const types = Object.entries<{ type?: string | readonly string[] }>(constants.updateRecordingStatusRequestSchema.properties);
  const copied = ["string", "number", "boolean", "null"];
  const others = types.filter(([, { type = [] }]) => [type].flat().some((one) => !copied.includes(one)));
  expect(others, "teach typeOf in src/util/schema-check.ts these types, and readUpdate in src/input/call-input.ts to copy them").toEqual(
    [],
  );
});
