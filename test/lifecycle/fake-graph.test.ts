// The simulated Graph by itself: what each step of a script does, which calls exist, and what it remembers.

import { createRecordingClient } from "teams-recording-status";
import type { FakeStep } from "teams-recording-status/testing";
import { describe, expect, test } from "vitest";
import { contextLimit } from "../support/context-limit.ts";
import { bodyOf, callId, openFake } from "../support/lifecycle-fake.ts";

describe("a report", () => {
  test("is answered with a completed operation, its address and the context", async () => {
    const { fake, send, read, history } = await openFake();
    const response = await send();
    const body = await bodyOf(response);
    expect(response.status).toBe(200);
    expect(body).toMatchObject({ status: "completed", clientContext: "mine", resultInfo: null, id: expect.any(String) });
    expect(response.headers.get("location")).toBe(`${fake.baseUrl}/communications/calls/${callId}/operations/${body.id}`);
    expect(await bodyOf(await read(String(body.id)))).toEqual(body);
    expect([fake.statusOf(callId), history().slice(0, 2)]).toEqual([
      "recording",
      ["report recording applied", "answer recording completed"],
    ]);
  });

  test.each(["recording", "notRecording", "failed"])("%s sets the status of its call alone", async (status) => {
    const { fake, send } = await openFake();
    fake.addCall("other");
    await send({ status });
    expect([fake.statusOf(callId), fake.statusOf("other"), fake.statusOf("unknown")]).toEqual([status, "notRecording", undefined]);
  });

  test("without a context is answered with null", async () => {
    const { send } = await openFake();
    expect(await bodyOf(await send({ body: '{"status":"failed"}' }))).toMatchObject({ clientContext: null });
  });

  test.each([undefined, "Bearer wrong", "Basic x"])(
    "with authorization %s: 401 with a challenge, and it never arrived",
    async (authorization) => {
      const { fake, send, history } = await openFake({ status: 503 });
      const response = await send({ authorization });
      expect([response.status, response.headers.get("www-authenticate"), history()]).toEqual([401, "Bearer", []]);
      // The script is for reports that arrive.
      expect([(await send()).status, fake.statusOf(callId)]).toEqual([503, "notRecording"]);
    },
  );

  test.each([
    ["no JSON", "{"],
    ["nothing", undefined],
    ["no object", '"recording"'],
    ["no status", "{}"],
    ["a status that nobody may send", '{"status":"unknown"}'],
    ["a property that the action does not have", '{"status":"failed","noSuchProperty":"x"}'],
    ["a context that is too long", JSON.stringify({ status: "failed", clientContext: "x".repeat(contextLimit + 1) })],
  ])("whose body is %s: 400, and the script goes on with the next", async (_, body) => {
    const { send, history } = await openFake({ status: 503 });
    const response = await send({ body });
    expect([response.status, history()]).toEqual([400, []]);
    expect(await bodyOf(response)).toMatchObject({ error: { code: "BadRequest", message: expect.any(String) } });
    expect((await send()).status).toBe(503);
  });

  test.each([
    ["GET", "updateRecordingStatus"],
    ["POST", "somethingElse"],
    ["POST", ""],
  ])("%s on the path %o: 404", async (method, path) => {
    expect((await (await openFake()).send({ method, path })).status).toBe(404);
  });

  test("an id of any characters is one segment", async () => {
    const { fake, send } = await openFake();
    fake.addCall("a/b c?ü");
    const response = await send({ call: "a/b c?ü" });
    expect([response.status, fake.statusOf("a/b c?ü")]).toEqual([200, "recording"]);
    expect(response.headers.get("location")).toContain(`/calls/${encodeURIComponent("a/b c?ü")}/operations/`);
  });
});

describe("calls", () => {
  test("a call that was never added: an answer that names it and what to do; no step is used up, and the run says so too", async () => {
    const { fake, send, history } = await openFake({ status: 503 });
    const response = await send({ call: "forgotten" });
    const words = expect.stringMatching(/"forgotten".*fake\.addCall\("forgotten"\)/);
    expect([response.status, await bodyOf(response)]).toMatchObject([422, { error: { code: "FakeGraph", message: words } }]);
    expect([history(), fake.violations()]).toEqual([["report recording not applied"], expect.arrayContaining([words])]);
    expect((await send()).status).toBe(503);
    expect((await send({ call: "forgotten", method: "GET", path: "operations/x" })).status).toBe(422);
  });

  test("what a call that was never added is used for is refused with its name", async () => {
    const { fake } = await openFake();
    const words = /"forgotten".*fake\.addCall\("forgotten"\)/;
    expect(() => fake.endCall("forgotten")).toThrow(words);
    expect(() => fake.recorder("forgotten")).toThrow(words);
    expect(() => fake.sink("forgotten")).toThrow(words);
    expect(() => fake.script({ callId: "forgotten", status: 503 })).toThrow(words);
  });

  test("the client's error for it has the words, at once: no attempt is repeated and nothing is closed", async () => {
    const { fake, history } = await openFake();
    const graph = createRecordingClient({ baseUrl: fake.baseUrl, fetch: fake.fetch, credential: fake.credential }, fake.clock);
    const starting = graph.startRecording("forgotten", { recorder: { start: () => {}, stop: () => {} } });
    await expect(starting).rejects.toThrow('fake.addCall("forgotten")');
    expect(history()).toEqual(["report recording not applied"]);
  });

  test("a call that ended keeps its status; reports and polls are then 404/8522; its end is told once", async () => {
    const { fake, send, read, history } = await openFake();
    const { id } = await bodyOf(await send());
    fake.endCall(callId);
    fake.endCall(callId);
    expect(history()).toEqual(["report recording applied", "answer recording completed", "callGone"]);
    expect([(await send({ status: "notRecording" })).status, fake.statusOf(callId)]).toEqual([404, "recording"]);
    expect(await bodyOf(await read(String(id)))).toMatchObject({ error: { code: "8522" } });
  });

  test("only 8522 says that the call is gone", async () => {
    const { send, history } = await openFake({ status: 404 }, { status: 404, code: "8522" });
    await send();
    expect(history()).toEqual(["report recording not applied", "answer recording refused"]);
    await send();
    expect(history().slice(2)).toEqual(["report recording not applied", "callGone", "answer recording refused"]);
  });

  test("a call that is added again starts anew", async () => {
    const { fake, send } = await openFake();
    await send();
    fake.endCall(callId);
    fake.addCall(callId);
    expect(fake.statusOf(callId)).toBe("notRecording");
    expect((await send()).status).toBe(200);
  });

  test("an id is the same in either spelling; the history has the one that was added", async () => {
    const { fake, send } = await openFake();
    const upper = callId.replaceAll("-", "").toUpperCase();
    await send({ call: upper });
    expect([fake.statusOf(callId), fake.statusOf(upper)]).toEqual(["recording", "recording"]);
    expect(new Set(fake.history.map((event) => event.callId))).toEqual(new Set([callId]));
  });
});

describe("a script", () => {
  test("is used up in the order of arrival, then reports complete again; more can be added", async () => {
    const { fake, send } = await openFake({ status: 503 }, { status: 429 });
    fake.script({ status: 400 });
    const statuses: number[] = [];
    for (let report = 0; report < 4; report++) statuses.push((await send()).status);
    expect(statuses).toEqual([503, 429, 400, 200]);
  });

  test.each<[FakeStep, number, string]>([
    [{ status: 403, code: "8506" }, 403, "8506"],
    [{ status: 429, headers: { "retry-after": "2" } }, 429, "429"],
    [{ status: 401 }, 401, "401"],
    [{ status: 404, code: "UnknownError" }, 404, "UnknownError"],
  ])("%o: refused, not in effect", async (step, status, code) => {
    const { fake, send, history } = await openFake(step);
    const response = await send();
    expect([response.status, await bodyOf(response), fake.statusOf(callId)]).toMatchObject([status, { error: { code } }, "notRecording"]);
    for (const [name, value] of Object.entries(step.headers ?? {})) expect(response.headers.get(name)).toBe(value);
    expect(history()).toEqual(expect.arrayContaining(["report recording not applied", "answer recording refused"]));
  });

  test.each([
    ["completed", "recording", "completed"],
    ["Completed", "recording", "completed"],
    ["running", "recording", "pending"],
    ["notStarted", "recording", "pending"],
    [null, "recording", "pending"],
    ["Hovering", "recording", "pending"],
    ["failed", "notRecording", "failed"],
    ["Failed", "notRecording", "failed"],
  ])("operation %o: in effect is then %s, and the history says %s", async (operation, inEffect, told) => {
    const { fake, send, history } = await openFake({ operation });
    const response = await send();
    expect([response.status, (await bodyOf(response)).status, fake.statusOf(callId)]).toEqual([200, operation, inEffect]);
    expect(history()[1]).toBe(`answer recording ${told}`);
  });

  test("what is aborted already is not sent", async () => {
    const { send, history } = await openFake();
    await expect(send({ signal: AbortSignal.abort("why") })).rejects.toBe("why");
    expect(history()).toEqual([]);
  });
});
