// What a test scripts: by call, for polls, and never ignored.
import type { FakeStep } from "teams-recording-status/testing";
import { describe, expect, test } from "vitest";
import { bodyOf, callId, openFake } from "../support/lifecycle-fake.ts";

describe("a step", () => {
  test.each<[unknown, string]>([
    [{ staus: 500 }, 'script: there is no key "staus"; did you mean status? It takes delayMs, status, headers, '],
    [[{}, { callId, opration: null }], `script, step 2 (call "${callId}"): there is no key "opration"; did you mean operation?`],
    [{ polls: [{}, { becomes: "failed" }] }, 'script, poll 2: there is no key "becomes"'],
    [{ constructor: 1 }, 'script: there is no key "constructor".'],
    [{ status: "500" }, 'script: status must be a whole number from 200 to 599, not "500".'],
    [{ status: 100 }, "script: status must be a whole number from 200 to 599, not 100."],
    [{ delayMs: -1 }, "script: delayMs must be a number of milliseconds, from 0 on, not -1."],
    [{ becomesAfterMs: Number.NaN }, "script: becomesAfterMs must be a number of milliseconds, from 0 on, not NaN."],
    [{ headers: { "retry-after": 2 } }, "script: headers must be an object of strings that can be HTTP headers, not an object."],
    [{ headers: { "no header": "x" } }, "script: headers must be an object of strings that can be HTTP headers, not an object."],
    [{ operation: 1 }, "script: operation must be a string or null, not 1."],
    [{ becomes: "Completed" }, 'script: becomes must be "completed" or "failed", not "Completed".'],
    [{ lose: true }, 'script: lose must be "request" or "answer", not true.'],
    [{ unreadable: 500 }, "script: unreadable must be 403 or 404, not 500."],
    [{ callId: "" }, 'script (call ""): callId must be a string, not "".'],
    [{ polls: 1 }, "script: polls must be a step or a list of steps, not 1."],
    [
      { status: 204, operation: "running" },
      "script: an answer with 204 has no body, so no operation can be in it: leave one of the two out.",
    ],
    [undefined, "script: a step must be an object such as { status: 503 }, not undefined."],
    [[[]], "script: a step must be an object such as { status: 503 }, not a list."],
  ])("%o is refused, with the place, the key and what was meant", async (plan, words) => {
    const { fake, send } = await openFake();
    expect(() => fake.script(plan as FakeStep)).toThrow(words);
    expect((await send()).status).toBe(200);
  });

  test("undefined counts as left out, and what is changed later does not count", async () => {
    const { fake, send } = await openFake();
    const step: FakeStep = { status: 503, delayMs: undefined };
    fake.script(step);
    step.status = 400;
    expect((await send()).status).toBe(503);
  });

  test("with a callId waits for that call, in either spelling, and holds up no other", async () => {
    const { fake, send } = await openFake();
    fake.addCall("other");
    fake.script([{ callId: callId.toUpperCase(), status: 403 }, { status: 500 }, { callId: "other", status: 503 }]);
    const statuses: number[] = [];
    for (const call of ["other", callId, "other", callId, "other"]) statuses.push((await send({ call })).status);
    expect(statuses).toEqual([500, 403, 503, 200, 200]);
  });

  test.each([202, 204])("status %d alone is the null operation: in effect, empty, to be asked for", async (status) => {
    const { fake, send, read, history } = await openFake({ status, becomes: "completed" });
    const response = await send();
    const id = /\/operations\/(.+)$/.exec(response.headers.get("location") ?? "")?.[1];
    expect([response.status, await response.text(), fake.statusOf(callId)]).toEqual([status, "", "recording"]);
    expect(await bodyOf(await read(String(id)))).toMatchObject({ id, status: null });
    await fake.clock.advance(1_000);
    expect(await bodyOf(await read(String(id)))).toMatchObject({ status: "completed" });
    expect(history().slice(1)).toEqual(["answer recording pending", "answer recording pending", "answer recording completed"]);
  });

  test("headers go with every answer", async () => {
    const { send } = await openFake({ headers: { "client-request-id": "other" } }, { status: 202, headers: { "x-one": "1" } });
    expect((await send()).headers.get("client-request-id")).toBe("other");
    expect((await send()).headers.get("x-one")).toBe("1");
  });
});

describe("polls of its operation", () => {
  async function openOperation(step: FakeStep) {
    const given = await openFake({ operation: "running", ...step });
    const { id } = await bodyOf(await given.send());
    return { ...given, poll: () => given.read(String(id)) };
  }

  test.each([403, 404] as const)("unreadable: all are answered with %d, in Graph's form and not as a call that is gone", async (status) => {
    const { poll, history } = await openOperation({ unreadable: status, becomes: "completed" });
    for (let time = 0; time < 2; time++) {
      const response = await poll();
      expect([response.status, await bodyOf(response)]).toMatchObject([status, { error: { code: "UnknownError" } }]);
    }
    expect(history()).toEqual(["report recording applied", "answer recording pending"]);
  });

  test("polls: one after the other, then the truth", async () => {
    const { poll, history } = await openOperation({
      polls: [
        { unreadable: 404 },
        { status: 503, code: "x", headers: { "retry-after": "1" } },
        { operation: "notStarted" },
        { status: 202 },
      ],
    });
    const [gone, busy, early, empty, last] = [await poll(), await poll(), await poll(), await poll(), await poll()];
    expect([gone, busy, early, empty, last].map(({ status }) => status)).toEqual([404, 503, 200, 202, 200]);
    expect([busy?.headers.get("retry-after"), await bodyOf(early as Response)]).toMatchObject(["1", { status: "notStarted" }]);
    expect(await bodyOf(last as Response)).toMatchObject({ status: "running" });
    expect(history().filter((event) => event === "answer recording pending")).toHaveLength(3);
  });

  test("one may be a single step, be late, or get lost", async () => {
    const { poll, clock } = await openOperation({ polls: { delayMs: 50 } });
    const polled = poll();
    await clock.advance(50);
    expect((await polled).status).toBe(200);
    const lost = await openOperation({ polls: [{ lose: "request" }, { lose: "answer" }] });
    await expect(lost.poll()).rejects.toThrow(TypeError);
    await expect(lost.poll()).rejects.toThrow(TypeError);
  });

  test("an operation of another call is not found", async () => {
    const { fake, send } = await openFake();
    fake.addCall("other");
    const { id } = await bodyOf(await send());
    expect((await send({ call: "other", method: "GET", path: `operations/${id}` })).status).toBe(404);
  });
});

test("a path that nobody could have encoded: 404", async () => {
  const { fake, token } = await openFake();
  const init = { method: "POST", headers: { authorization: `Bearer ${token}` }, body: "{}" };
  expect((await fake.fetch(`${fake.baseUrl}/communications/calls/%E0%A4%A/updateRecordingStatus`, init)).status).toBe(404);
});
