// The simulated Graph is held to the spec: every kind of answer that it gives passes Prism's validating proxy. Its clock stands still here.
import { createRecordingClient } from "teams-recording-status";
import { createFakeGraph, type FakeStep, findOrderViolations, type MockGraph, startMockGraph } from "teams-recording-status/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { callId } from "../support/lifecycle-fake.ts";
import { type FakeServer, serveFake } from "../support/lifecycle-server.ts";
import { parseObject, send } from "../support/raw-request.ts";

const fake = createFakeGraph();
let server: FakeServer;
let proxy: MockGraph;
let token: string | undefined;

beforeAll(async () => {
  server = await serveFake(fake);
  proxy = await startMockGraph({ upstream: server.url });
  token = (await fake.credential.getToken("scope"))?.token;
});
afterAll(async () => {
  await proxy?.close();
  await server?.close();
});
beforeEach(() => fake.addCall(callId));

const report = (id = callId, authorization = `Bearer ${token}`) =>
  send(proxy.url, {
    method: "POST",
    path: `/communications/calls/${encodeURIComponent(id)}/updateRecordingStatus`,
    body: JSON.stringify({ status: "recording", clientContext: "mine" }),
    headers: { authorization },
  });
const read = (operationId: string) =>
  send(proxy.url, {
    method: "GET",
    path: `/communications/calls/${callId}/operations/${operationId}`,
    headers: { authorization: `Bearer ${token}`, "content-type": null },
  });

describe("answers to a report", () => {
  test.each<[FakeStep, number]>([
    [{}, 200],
    ...["Completed", "running", "notStarted", null, "failed", "Failed", "Hovering"].map((operation): [FakeStep, number] => [
      { operation },
      200,
    ]),
    ...[400, 401, 403, 404, 415, 418, 429, 500, 502, 503, 504].map((status): [FakeStep, number] => [{ status }, status]),
    [{ status: 403, code: "8506" }, 403],
    [{ status: 404, code: "8522" }, 404],
    [{ status: 200 }, 200],
    [{ becomes: "completed" }, 200],
    [{ headers: { "client-request-id": "other" } }, 200],
    [{ status: 429, headers: { "retry-after": "2" } }, 429],
    [{ status: 503, headers: { "retry-after": "Mon, 23 Nov 2026 18:00:00 GMT" } }, 503],
  ])("%o: %d", async (step, status) => {
    fake.script(step);
    expect(await report()).toMatchObject({ status, violations: [] });
  });

  test("to one without a valid token: 401", async () => {
    expect(await report(callId, "Bearer wrong")).toMatchObject({ status: 401, violations: [] });
  });

  test("to one on a call that has ended: 404", async () => {
    fake.endCall(callId);
    expect(await report()).toMatchObject({ status: 404, violations: [] });
  });

  test("to one on a call that was never added: 422", async () => {
    expect(await report("forgotten")).toMatchObject({ status: 422, violations: [] });
  });

  test("to one whose body breaks the spec: 400", async () => {
    server.alterBody = () => '{"status":"unknown"}';
    const answer = await report();
    server.alterBody = (body) => body;
    expect(answer).toMatchObject({ status: 400, violations: [] });
  });
});

describe("answers to a read", () => {
  test.each<[FakeStep, string | null]>([
    [{}, "completed"],
    [{ operation: "failed" }, "failed"],
    [{ operation: "running" }, "running"],
    [{ operation: null }, null],
    [{ operation: "running", becomes: "completed", becomesAfterMs: 0 }, "completed"],
    [{ operation: null, becomes: "failed", becomesAfterMs: 0 }, "failed"],
  ])("%o: %s", async (step, status) => {
    fake.script(step);
    const { id } = parseObject((await report()).text);
    await fake.clock.advance(0);
    const answer = await read(String(id));
    expect(answer).toMatchObject({ status: 200, violations: [] });
    expect(parseObject(answer.text).status).toBe(status);
  });

  test.each<[FakeStep, number]>([
    [{ unreadable: 404 }, 404],
    [{ operation: "running", unreadable: 403 }, 403],
    [{ polls: { status: 503, headers: { "retry-after": "2" } } }, 503],
    [{ polls: { status: 401 } }, 401],
    [{ polls: { operation: "Running", headers: { "client-request-id": "other" } } }, 200],
    [{ polls: { unreadable: 404 } }, 404],
  ])("%o: %d", async (step, status) => {
    fake.script(step);
    const { id } = parseObject((await report()).text);
    expect(await read(String(id))).toMatchObject({ status, violations: [] });
  });

  test("of an operation that is not there: 404", async () => {
    expect(await read("unknown")).toMatchObject({ status: 404, violations: [] });
  });

  test("of one of a call that has ended: 404", async () => {
    const { id } = parseObject((await report()).text);
    fake.endCall(callId);
    expect(await read(String(id))).toMatchObject({ status: 404, violations: [] });
  });
});

test("a whole recording by the client, through the proxy", async () => {
  const id = "a whole recording";
  fake.addCall(id);
  fake.script([{ status: 503, headers: { "retry-after": "0" } }]);
  // The token's end is told in real time: the fake's stands still.
  const credential = { getToken: async () => ({ token: String(token), expiresOnTimestamp: Date.now() + 3_600_000 }) };
  const graph = createRecordingClient({ baseUrl: proxy.url, credential, attemptTimeoutMs: 3_000 });
  const note = (type: "recorderStart" | "recorderStop" | "recorderStopped" | "settled") => fake.note({ type, callId: id });
  const stop = () => {
    note("recorderStop");
    note("recorderStopped");
  };
  const recording = await graph.startRecording(id, { recorder: { start: () => note("recorderStart"), stop } });
  expect(fake.statusOf(id)).toBe("recording");
  expect(await recording.stop()).toEqual({ callId: id, reason: "stopped", reported: "notRecording", error: undefined });
  note("settled");
  expect(fake.statusOf(id)).toBe("notRecording");
  expect(findOrderViolations(fake.history.filter((event) => event.callId === id))).toEqual([]);
  await graph.close();
});

test.each([202, 204])("a scripted %d, which the document does not know, is the test's own: the proxy says so", async (status) => {
  fake.script({ status });
  expect((await report()).violations).not.toEqual([]);
});

test("the proxy does look: an answer that breaks the spec is caught", async () => {
  fake.script({ status: 429, headers: { "retry-after": "soon" } });
  const answer = await report();
  expect(answer.status).toBe(500);
  expect(answer.violations).not.toEqual([]);
});
