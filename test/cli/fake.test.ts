// `fake`: a bot in another language sees it over HTTP, and so does a person's page; another site's page may do nothing.
import { once } from "node:events";
import { createServer, request as sendRaw } from "node:http";
import type { AddressInfo } from "node:net";
import { createRecordingClient } from "teams-recording-status";
import { createNotificationHandler, createNotificationVerifier, toNodeListener } from "teams-recording-status/notifications";
import { createFakeClock } from "teams-recording-status/testing";
import { expect, onTestFinished, test } from "vitest";
import { waitingSteps } from "../../src/cli/fake/next-report.ts";
import { tellEvent } from "../../src/cli/fake/tell-event.ts";
import { createWatchedFake } from "../../src/testing/fake-graph.ts";
import { callId, isFree, start } from "./invoke.ts";

const credential = { getToken: async () => ({ token: "any", expiresOnTimestamp: Date.now() + 3_600_000 }) };
const json = { "content-type": "application/json" };

/** A fake, and what a page or a program does with it. */
async function serve(args = "") {
  const run = await start(`fake --call ${callId} ${args}`);
  const act = async (action: string, body: unknown, headers: Record<string, string> = json) => {
    const answer = await fetch(`${run.url}/fake/${action}`, { method: "POST", headers, body: JSON.stringify(body) });
    return { status: answer.status, error: answer.status === 204 ? undefined : ((await answer.json()) as { error: string }).error };
  };
  const state = async () => (await fetch(`${run.url}/fake/state`)).json() as Promise<import("../../src/cli/fake/view.ts").FakeView>;
  const graph = createRecordingClient({ baseUrl: `${run.url}/v1.0`, credential, retry: { limit: 0 } });
  onTestFinished(async () => void (await graph.close()));
  const report = (status: "recording" | "notRecording" | "failed", id = callId) =>
    graph.updateRecordingStatus(id, { status }).then(
      (operation) => operation.status,
      (error) => error.commsCode ?? error.status ?? error.code,
    );
  const lines = async () => (await state()).calls[0]?.lines.map(({ who, what }) => `${who}: ${what}`);
  return { ...run, act, state, graph, report, lines };
}

test("a bot reports, a person ends the call, and both stand in the timeline", async () => {
  const { act, report, lines, state, out, url } = await serve();
  expect(out.join("\n")).toContain(`Service root for the bot: ${url}/v1.0`);
  expect([await report("recording"), await report("notRecording")]).toEqual(["completed", "completed"]);
  expect((await act("end", { callId })).status).toBe(204);
  expect(await report("recording")).toBe(8522);
  expect(await lines()).toEqual([
    ...["bot: reports recording", "Graph: recording is completed", "bot: reports notRecording", "Graph: notRecording is completed"],
    ...[
      "Graph: the call is over",
      "bot: reports recording, which does not take effect",
      "Graph: the call is over",
      "Graph: recording is refused",
    ],
  ]);
  expect((await state()).calls).toMatchObject([{ id: callId, status: "notRecording", isOver: true }]);
});

test("a step is for the next report of its call, and waits until then", async () => {
  const { act, report, state } = await serve();
  await act("add", { callId: "other" });
  await act("script", { callId, step: { status: 403, code: "8506" } });
  expect((await state()).calls.map(({ id, steps }) => [id, steps])).toEqual([
    ["other", []],
    [callId, ["403, 8506: not a policy-recording call"]],
  ]);
  expect([await report("recording", "other"), await report("recording"), await report("recording")]).toEqual([
    "completed",
    8506,
    "completed",
  ]);
  expect((await state()).calls[1]?.steps).toEqual([]);
});

test("an operation that is pending is ended by hand, once", async () => {
  const { act, graph, state } = await serve();
  await act("script", { callId, step: { becomes: "failed", becomesAfterMs: 60_000 } });
  const operation = await graph.updateRecordingStatus(callId, { status: "failed" });
  expect([operation.status, (await state()).calls[0]?.isPending]).toEqual(["running", true]);
  expect((await act("settle", { callId, becomes: "completed" })).status).toBe(204);
  expect((await graph.waitForOperation(callId, operation)).status).toBe("completed");
  expect((await act("settle", { callId, becomes: "completed" })).error).toBe("The call has no operation that is pending.");
});

test("what was ended by hand does not end once more when its time comes", async () => {
  const clock = createFakeClock();
  const { fake, operations } = createWatchedFake({ clock, origin: "http://localhost", accepts: () => true });
  const told: unknown[] = [];
  fake.onNotification((payload) => told.push(payload));
  fake.addCall(callId);
  fake.script({ becomes: "failed", becomesAfterMs: 1_000 });
  const body = JSON.stringify({ status: "recording" });
  await fake.fetch(`${fake.baseUrl}/communications/calls/${callId}/updateRecordingStatus`, { method: "POST", body });
  const operation = operations.pendingOf(callId.toUpperCase());
  if (operation !== undefined) operations.end(operation, "completed");
  await clock.advance(2_000);
  expect([told.length, operation?.body.status, operations.pendingOf(callId)]).toEqual([1, "completed", undefined]);
});

test("violations are told at once, and what would be one if the bot were done now apart from them", async () => {
  const { report, state, url } = await serve();
  expect(await state()).toMatchObject({ violations: [], ifDone: [] });
  await fetch(`${url}/note`, { method: "POST", body: JSON.stringify({ type: "persisted", callId, chunk: "early" }) });
  await report("recording");
  const { violations, ifDone } = await state();
  expect(violations).toEqual([expect.stringMatching(/"early" was persisted before Graph confirmed/)]);
  expect(ifDone).toEqual([expect.stringMatching(/^57dab8b1\S+: the call is left with the status recording\./)]);
});

test("notifications go to the bot, signed so that its verifier takes them, and once more when asked", async () => {
  const audience = "8a3f0b5e-6d0c-4c1e-9f3a-2b7d4e5f6a70";
  const webhook = createServer();
  webhook.listen(0, "127.0.0.1");
  await once(webhook, "listening");
  onTestFinished(() => void webhook.close().closeAllConnections());
  const { act, graph, lines, url } = await serve(
    `--audience ${audience} --notify http://127.0.0.1:${(webhook.address() as AddressInfo).port}/`,
  );
  const verifier = createNotificationVerifier({ audience, openIdConfigurationUrl: `${url}/fake/openid` });
  webhook.on("request", toNodeListener(createNotificationHandler(graph, verifier)));
  expect((await act("again", { callId })).error).toBe("No notification was sent of this call yet.");
  await act("script", { callId, step: { operation: "running", unreadable: 403 } });
  const operation = await graph.updateRecordingStatus(callId, { status: "recording" });
  const waiting = graph.waitForOperation(callId, operation);
  await act("settle", { callId, becomes: "completed" });
  expect((await waiting).status).toBe("completed");
  await act("again", { callId });
  await expect.poll(lines).toEqual(expect.arrayContaining(["Graph: posts: the operation is completed. The bot answers 202."]));
  await expect.poll(async () => (await lines())?.filter((line) => line.includes("posts")).length).toBe(2);
});

test("a webhook that is not there is told, and disturbs nobody", async () => {
  const { act, lines } = await serve("--notify http://127.0.0.1:9/");
  await act("end", { callId });
  await expect
    .poll(lines)
    .toEqual(["Graph: the call is over", expect.stringMatching(/^Graph: posts: the call is over\. The bot does not answer: /)]);
});

test.each([
  ["add", {}, /callId/],
  ["add", { callId }, /There is such a call already: end it first\./],
  ["end", {}, /Say which call/],
  ["end", { callId: "nobody" }, /There is no call "nobody": add it first\./],
  ["script", { callId, step: { statsu: 503 } }, /did you mean status\?/],
  ["script", { callId }, /Say what is to happen/],
  ["settle", { callId }, /Say what it becomes/],
  ["again", { callId }, /Start the fake with --notify URL/],
  ["end", [], /Send a JSON object/],
])("%s %j is refused with what to do, and changes nothing", async (action, body, message) => {
  const { act, state } = await serve();
  const before = await state();
  expect(await act(action, body)).toEqual({ status: 400, error: expect.stringMatching(message) });
  expect(await state()).toEqual(before);
});

test("a call that is over can be added anew", async () => {
  const { act, report, state } = await serve();
  await act("end", { callId });
  expect((await act("add", { callId })).status).toBe(204);
  expect((await state()).calls).toMatchObject([{ id: callId, isOver: false }]);
  expect(await report("recording")).toBe("completed");
});

test("another site's page, and one that has rebound its name to loopback, can change and read nothing", async () => {
  const { act, state, url } = await serve();
  for (const headers of [
    { origin: "http://evil.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { origin: "http://127.0.0.1:1" },
  ])
    expect((await act("end", { callId }, { ...json, ...headers })).status).toBe(403);
  expect((await act("end", { callId }, { "content-type": "text/plain" })).status).toBe(415);
  for (const path of ["/", "/fake/state", "/note", "/v1.0/communications/calls/x/operations/y"])
    expect(await statusOf(`${url}${path}`, "evil.example")).toBe(403);
  expect(await statusOf(`${url}/`, `localhost:${new URL(url).port}`)).toBe(200);
  expect((await act("end", { callId }, { ...json, origin: url, "sec-fetch-site": "same-origin" })).status).toBe(204);
  expect((await state()).calls[0]?.isOver).toBe(true);
});

/** `fetch` sets the Host by itself. */
async function statusOf(url: string, host: string): Promise<number | undefined> {
  const request = sendRaw(url, { headers: { host } }).end();
  const [response] = await once(request, "response");
  response.resume();
  return response.statusCode;
}

test("the page holds all that it needs, under a policy that lets nothing else in", async () => {
  const { url } = await serve();
  const answer = await fetch(`${url}/`);
  const html = await answer.text();
  expect(answer.headers.get("content-security-policy")).toMatch(
    /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; connect-src 'self'/,
  );
  expect(html.match(/(src|href)="(?!data:|#)[^"]*"/g)).toBeNull();
  expect(html).not.toMatch(/https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
  const etag = (await fetch(`${url}/fake/state`)).headers.get("etag") ?? "";
  expect((await fetch(`${url}/fake/state`, { headers: { "if-none-match": etag } })).status).toBe(304);
});

test("Ctrl-C ends it at once, with a bot that waits for its answer, and the port is free", async () => {
  const { act, interrupt, code, url, graph } = await serve();
  await act("script", { callId, step: { silent: "answer" } });
  const waiting = graph.updateRecordingStatus(callId, { status: "failed" }).catch((error) => error.code);
  await expect.poll(async () => (await (await fetch(`${url}/fake/state`)).text()).includes("reports failed")).toBe(true);
  interrupt();
  expect([await code, await waiting, await isFree(url)]).toEqual([0, "NETWORK", true]);
});

test("each kind of event has words", () => {
  const types = ["recorderStart", "recorderStop", "recorderStopped", "stopBegan", "callEnded", "callGone", "settled"] as const;
  for (const type of types) expect(tellEvent({ type, callId, at: 0 }).what).toMatch(/\w/);
  expect(tellEvent({ type: "persisted", callId, at: 0, chunk: "x".repeat(500) }).what.length).toBeLessThan(100);
});

test("a report takes the first step that fits it, and none that was scripted later", () => {
  const report = (id: string) => ({ type: "report", callId: id, at: 0, status: "recording", applied: true }) as const;
  const [any, ofB] = [{ status: 503 }, { status: 429, callId: "b" }];
  const scripted = [
    { step: ofB, after: 0 },
    { step: any, after: 1 },
  ];
  expect(waitingSteps(scripted, [report("a")])).toEqual([ofB, any]);
  expect(waitingSteps(scripted, [report("a"), report("a")])).toEqual([ofB]);
  expect(waitingSteps(scripted, [report("a"), report("b"), report("a")])).toEqual([]);
});
