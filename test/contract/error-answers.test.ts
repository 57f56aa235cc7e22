// Answers of every other kind, good and bad, from a server in Graph's place.
import { type MockGraph, startMockGraph } from "teams-recording-status/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { jsonAnswer } from "../../scripts/judges/cases/answer-case.ts";
import { badHeaders, envelope, oddEnvelope, withoutEnvelope } from "../../scripts/judges/cases/error-answer-cases.ts";
import { connect } from "../support/connect.ts";
import { send } from "../support/raw-request.ts";
import { refusalOf } from "../support/refusal.ts";
import { mainOperation, pathOf } from "../support/spec.ts";
import { testAnswers } from "../support/test-answers.ts";
import { startUpstream, type Upstream } from "../support/upstream.ts";

let upstream: Upstream;
let other: Upstream;
let proxy: MockGraph;
beforeAll(async () => {
  [upstream, other] = await Promise.all([startUpstream(), startUpstream()]);
  proxy = await startMockGraph({ upstream: upstream.url });
});
afterAll(async () => {
  await proxy.close();
  await Promise.all([upstream.close(), other.close()]);
});

const servers = () => ({ proxy, upstream });
describe("an error without Graph's envelope", () => testAnswers(withoutEnvelope, servers));
describe("an error with an odd envelope", () => testAnswers(oddEnvelope, servers));
describe("an error with bad headers", () => testAnswers(badHeaders, servers));

describe("a redirect is never followed: the token stays with the configured origin", () => {
  // Prism's proxy follows redirects itself, so it has no verdict on them.
  for (const status of [301, 302, 303, 307, 308]) {
    test(`${status}: HTTP ${status}, and nothing arrives at the other server`, async () => {
      other.script = jsonAnswer(200, { id: "operation-1", status: "completed" });
      upstream.script = { status, headers: { location: `${other.url}${pathOf(mainOperation)}` } };
      const error = await refusalOf(report());
      expect(error).toMatchObject({ code: "HTTP", status, retryable: false, hint: expect.stringMatching(/redirect/i) });
      expect(other.received).toEqual([]);
    });
  }
});

test("a 501: the proxy answers in the server's place, with an example; the client rejects with HTTP", async () => {
  // Known limitation: Prism takes 501 for "not built yet", so a real 501 looks like success through the proxy.
  upstream.script = jsonAnswer(501, envelope("NotImplemented"));
  const { method } = mainOperation;
  const received = await send(proxy.url, { method, path: pathOf(mainOperation), body: '{"status":"recording"}' });
  expect(received).toMatchObject({ status: 200, violations: [] });
  expect(await refusalOf(report())).toMatchObject({ code: "HTTP", status: 501, graphCode: "NotImplemented", retryable: false });
});

function report() {
  return connect({ baseUrl: upstream.url }).updateRecordingStatus("call-1", { status: "recording" });
}
