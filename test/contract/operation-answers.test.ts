// Answers of the 2xx kind, good and bad, from a server in Graph's place.
import { type MockGraph, startMockGraph } from "teams-recording-status/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { badFields, badHeaders, bodyWithoutId, empty, good, noOperation } from "../../scripts/judges/cases/operation-answer-cases.ts";
import { connect } from "../support/connect.ts";
import { testAnswers } from "../support/test-answers.ts";
import { startUpstream, type Upstream } from "../support/upstream.ts";

let upstream: Upstream;
let proxy: MockGraph;
beforeAll(async () => {
  upstream = await startUpstream();
  proxy = await startMockGraph({ upstream: upstream.url });
});
afterAll(async () => {
  await proxy.close();
  await upstream.close();
});

const servers = () => ({ proxy, upstream });
describe("a good answer", () => testAnswers(good, servers));
describe("an answer with bad headers", () => testAnswers(badHeaders, servers));
describe("an answer with bad fields", () => testAnswers(badFields, servers));
describe("an answer that is no operation", () => testAnswers(noOperation, servers));
describe("an empty or unlisted 2xx", () => testAnswers(empty, servers));

describe("an operation without an id takes that of a Location of the client's own origin", () => {
  for (const [what, body] of [
    ["no id", JSON.stringify(bodyWithoutId)],
    ["an empty body", ""],
  ] as const) {
    test(what, async () => {
      const own = `${upstream.url}/communications/calls/call-1/operations/operation-2`;
      upstream.script = { headers: { location: own }, body };
      const read = await connect({ baseUrl: upstream.url }).updateRecordingStatus("call-1", { status: "recording" });
      expect(read).toMatchObject({ id: "operation-2", location: own });
    });
  }
});
