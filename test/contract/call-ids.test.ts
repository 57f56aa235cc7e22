// A call id is opaque: whatever it holds, it travels as one encoded segment of the path, or nothing is sent at all.
import { type MockGraph, startMockGraph } from "teams-recording-status/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { jsonAnswer } from "../../scripts/judges/cases/answer-case.ts";
import { connect, observeCredential } from "../support/connect.ts";
import { observeFetch } from "../support/observed-fetch.ts";
import { refusalOf } from "../support/refusal.ts";
import { mainOperation } from "../support/spec.ts";
import { startUpstream, type Upstream } from "../support/upstream.ts";

let mock: MockGraph;
let upstream: Upstream;
beforeAll(async () => {
  mock = await startMockGraph();
  upstream = await startUpstream();
});
afterAll(async () => {
  await mock.close();
  await upstream.close();
});

const opaque = [
  "a/b",
  "a?b#c",
  "ä 😀",
  "100%",
  "..%2f",
  "...",
  "%2e%2e",
  "a\\b",
  "19:meeting_x@thread.v2",
  "57DAB8B1894C409AB240BD8BEAE78896",
];

const refused: readonly { readonly what: string; readonly id: unknown }[] = [
  { what: "an empty string", id: "" },
  { what: "a dot segment: .", id: "." },
  { what: "a dot segment: ..", id: ".." },
  { what: "a lone high surrogate", id: "\ud800" },
  { what: "a lone low surrogate in a text", id: "a\udc00b" },
  { what: "undefined", id: undefined },
  { what: "null", id: null },
  { what: "a number", id: 57 },
  { what: "an object", id: { id: "57dab8b1" } },
];

describe("an opaque id", () => {
  for (const id of opaque) {
    test(`${id} is accepted by the mock`, async () => {
      await expect(connect({ baseUrl: mock.url }).updateRecordingStatus(id, { status: "recording" })).resolves.toMatchObject({
        status: "completed",
      });
    });

    test(`${id} arrives as one segment`, async () => {
      upstream.script = jsonAnswer(200, { id: "operation", status: "completed" });
      await connect({ baseUrl: upstream.url }).updateRecordingStatus(id, { status: "recording" });
      const path = upstream.received.at(-1)?.path ?? "";
      const [before = "", after = ""] = mainOperation.path.split("{id}");
      expect(path.startsWith(before) && path.endsWith(after)).toBe(true);
      const segment = path.slice(before.length, path.length - after.length);
      expect(segment).toMatch(/^[^/?#\\]+$/);
      expect(decodeURIComponent(segment)).toBe(id);
    });
  }
});

describe("an id that can be no segment is refused before anything is sent", () => {
  for (const { what, id } of refused) {
    test(`${what}: BAD_INPUT`, async () => {
      const { fetch, exchanges } = observeFetch();
      const { credential, asked } = observeCredential();
      const client = connect({ baseUrl: mock.url }, { fetch, credential });
      const error = await refusalOf(client.updateRecordingStatus(id as string, { status: "recording" }));
      expect(error).toMatchObject({ code: "BAD_INPUT", retryable: false, message: expect.stringContaining("callId") });
      expect({ exchanges, asked }).toEqual({ exchanges: [], asked: [] });
    });
  }
});
