// The fake over HTTP, as a bot in another language meets it: any token, real time, connections that break, and notes.
import { once } from "node:events";
import { connect } from "node:net";
import { createRecordingClient } from "teams-recording-status";
import { createFakeClock, type FakeGraphServer, type FakeStep, startFakeGraph } from "teams-recording-status/testing";
import { expect, onTestFinished, test } from "vitest";
import { until } from "../support/lifecycle-wire.ts";

const callId = "57dab8b1-894c-409a-b240-bd8beae78896";

async function openServer(options: Parameters<typeof startFakeGraph>[0] = {}, ...steps: readonly FakeStep[]) {
  const fake = await startFakeGraph(options);
  onTestFinished(() => fake.close());
  fake.addCall(callId);
  fake.script(steps);
  return fake;
}

/** What a bot in any language sends. */
const send = (fake: FakeGraphServer, status = "recording", more: RequestInit & { id?: string; authorization?: string } = {}) =>
  fetch(`${fake.baseUrl}/communications/calls/${more.id ?? callId}/updateRecordingStatus`, {
    method: "POST",
    body: JSON.stringify({ status }),
    headers: { authorization: more.authorization ?? "Bearer a-token-of-its-own", "content-type": "application/json" },
    ...more,
  });

const note = (fake: FakeGraphServer, event: unknown) => fetch(`${fake.url}/note`, { method: "POST", body: JSON.stringify(event) });

test("serves the same fake: its members, its address, and operations that lead back to it", async () => {
  const fake = await openServer();
  expect(fake.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(fake.baseUrl).toBe(`${fake.url}/v1.0`);
  const response = await send(fake);
  const body = (await response.json()) as { id: string };
  expect([response.status, body]).toMatchObject([200, { status: "completed" }]);
  const location = String(response.headers.get("location"));
  expect(location).toBe(`${fake.baseUrl}/communications/calls/${callId}/operations/${body.id}`);
  expect(await (await fetch(location, { headers: { authorization: "bearer x" } })).json()).toEqual(body);
  expect([fake.statusOf(callId), fake.history.map(({ type }) => type)]).toEqual(["recording", ["report", "answer", "answer"]]);
});

test("a whole recording by the client, with its own credential and in real time", async () => {
  const fake = await openServer({}, { delayMs: 5 }, { lose: "answer" });
  const graph = createRecordingClient({
    baseUrl: fake.baseUrl,
    credential: { getToken: async () => ({ token: "mine", expiresOnTimestamp: Date.now() + 3_600_000 }) },
  });
  await graph.withRecording(callId, { recorder: fake.recorder(callId) }, async () => fake.sink(callId).write("line 1"));
  expect(fake.violations()).toEqual([]);
  await graph.close();
});

test.each(["", "Basic x"])("authorization %o: 401", async (authorization) => {
  expect((await send(await openServer(), "recording", { authorization })).status).toBe(401);
});

test("a call that was never added, and a step that there is not, are told as in memory", async () => {
  const fake = await openServer();
  expect(await (await send(fake, "recording", { id: "forgotten" })).text()).toContain('fake.addCall(\\"forgotten\\")');
  expect(() => fake.script({ staus: 500 } as FakeStep)).toThrow("did you mean status?");
});

test("lose breaks the connection", async () => {
  const fake = await openServer({}, { lose: "request" }, { lose: "answer" });
  await expect(send(fake)).rejects.toThrow("fetch failed");
  expect(fake.statusOf(callId)).toBe("notRecording");
  await expect(send(fake)).rejects.toThrow("fetch failed");
  expect(fake.statusOf(callId)).toBe("recording");
});

test("who gives up ends the fake's wait, and leaves no timer", async () => {
  const fake = await openServer({}, { delayMs: 3_600_000 }, { silent: "answer" });
  for (let time = 0; time < 2; time++) {
    const abort = new AbortController();
    const sent = send(fake, "recording", { signal: abort.signal });
    await until(() => fake.history.length > time, "the report arrives");
    expect(fake.clock.pending).toBe(time === 0 ? 1 : 0);
    abort.abort(new Error("why"));
    await expect(sent).rejects.toThrow("why");
    await until(() => fake.clock.pending === 0, "the wait ends");
  }
});

test("a socket that breaks off in its body leaves nothing, and the server goes on", async () => {
  const fake = await openServer();
  const socket = connect(Number(new URL(fake.url).port), "127.0.0.1");
  await once(socket, "connect");
  const head = `POST /v1.0/communications/calls/${callId}/updateRecordingStatus HTTP/1.1\r\nhost: x\r\nauthorization: Bearer x\r\ncontent-length: 100\r\n\r\n`;
  await new Promise((resolve) => socket.write(`${head}{"status"`, resolve));
  socket.resetAndDestroy();
  expect([(await send(fake)).status, fake.history.filter(({ type }) => type === "report").length]).toEqual([200, 1]);
});

test("a body that is too long, or no report: refused in Graph's form", async () => {
  const fake = await openServer();
  const answers = [await send(fake, "x".repeat(2 ** 20)), await send(fake, "x")];
  expect(answers.map(({ status }) => status)).toEqual([413, 400]);
  for (const answer of answers) expect(await answer.json()).toMatchObject({ error: { code: expect.any(String) } });
  expect((await fetch(`${fake.url}/anything`)).status).toBe(401);
});

test("with a fake clock, the test moves time", async () => {
  const clock = createFakeClock();
  const fake = await openServer({ clock }, { delayMs: 60_000 });
  const sent = send(fake);
  await until(() => clock.pending === 1, "the report arrives");
  await clock.advance(60_000, { until: sent });
  expect((await sent).status).toBe(200);
});

test("advance on the real clock waits for real time, at most for `until`", async () => {
  const { clock } = await openServer();
  const before = clock.monotonicNow();
  await clock.advance(10);
  expect(clock.monotonicNow() - before).toBeGreaterThanOrEqual(9);
  await clock.advance(3_600_000, { until: Promise.reject(new Error("told to who awaits it")) });
  expect(clock.pending).toBe(0);
  const wall = clock.now();
  clock.step(3_600_000);
  expect(clock.now() - wall).toBeGreaterThanOrEqual(3_600_000);
  expect(clock.random()).toBeLessThan(1);
  expect(clock.randomUUID()).toMatch(/^[0-9a-f-]{36}$/);
});

test("a bot in another process tells what it does by notes, which are judged", async () => {
  const fake = await openServer();
  await note(fake, { type: "persisted", callId, chunk: "line 1" });
  await send(fake);
  await note(fake, { type: "recorderStart", callId });
  await note(fake, { type: "recorderStop", callId });
  await note(fake, { type: "recorderStopped", callId });
  expect((await note(fake, { type: "settled", callId })).status).toBe(204);
  await send(fake, "notRecording");
  expect(fake.violations()).toEqual([
    expect.stringMatching(/"line 1" was persisted before/),
    expect.stringMatching(/^57dab8b1.*the call is left with the status recording/),
  ]);
});

test.each([{ type: "report", callId }, { type: "persisted" }, {}, "x"])("no note: %o", async (event) => {
  const fake = await openServer();
  expect([(await note(fake, event)).status, fake.history]).toEqual([400, []]);
});

test("close breaks what is open, frees the port, takes timers away, and may be called again", async () => {
  const fake = await openServer({}, { silent: "request" }, { operation: "running", becomes: "completed", becomesAfterMs: 3_600_000 });
  const hanging = send(fake);
  await until(() => fake.history.length > 0, "the report arrives");
  await send(fake);
  await Promise.all([fake.close(), fake.close()]);
  await expect(hanging).rejects.toThrow("fetch failed");
  await expect(send(fake)).rejects.toThrow("fetch failed");
  expect(fake.clock.pending).toBe(0);
});
