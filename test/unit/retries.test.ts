// Retries as the client makes them, in virtual time.
import { describe, expect, test } from "vitest";
import { retryableStatuses } from "../support/spec.ts";
import { completed, createObservedClient, outcome, silence, status } from "./observed-client.ts";

describe("what is repeated", () => {
  test.each(retryableStatuses)("%d is", async (code) => {
    const { clock, sent, report } = createObservedClient((_, count) => (count === 1 ? status(code) : completed()));
    const call = report("recording");
    await clock.advance(100);
    expect(call.value).toMatchObject({ status: "completed" });
    expect(sent).toHaveLength(2);
  });

  const others = [300, 301, 302, 304, 307, 308, 400, 401, 403, 404, 405, 409, 412, 415, 418, 500, 501];
  test.each(others.filter((code) => !retryableStatuses.includes(code)))("%d is not", async (code) => {
    const { clock, sent, report } = createObservedClient(() => new Response(null, { status: code }));
    const call = report("recording");
    await clock.advance(60_000);
    expect(call.error).toMatchObject({ code: "HTTP", status: code, retryable: false });
    expect(sent).toHaveLength(1);
  });

  test("a failed connection is, and its cause is kept when all attempts fail", async () => {
    const refused = new TypeError("fetch failed", { cause: Object.assign(new Error("connect"), { code: "ECONNREFUSED" }) });
    const { clock, sent, report } = createObservedClient(() => Promise.reject(refused));
    const call = report("recording");
    await clock.advance(100 * 3);
    expect(call.error).toMatchObject({ code: "NETWORK", cause: refused, message: expect.stringContaining("(ECONNREFUSED)") });
    expect(sent).toHaveLength(4);
  });

  test("an attempt without an answer is, after attemptTimeoutMs", async () => {
    const { clock, sent, report } = createObservedClient(({ signal }, count) => (count === 1 ? silence(signal) : completed()));
    const call = report("recording");
    await clock.advance(10_000);
    expect([sent.length, sent[0]?.signal.aborted, call.done]).toEqual([1, true, false]);
    await clock.advance(100);
    expect([sent.length, call.done]).toEqual([2, true]);
  });

  test("an operation that failed, and a 2xx that is no operation, are not", async () => {
    for (const [answer, code] of [
      [completed({ status: "failed", resultInfo: { code: 412, subcode: 9999, message: "why" } }), "OPERATION_FAILED"],
      [new Response("<html>"), "BAD_ANSWER"],
    ] as const) {
      const { clock, sent, report } = createObservedClient(() => answer);
      const call = report("recording");
      await clock.advance(60_000);
      expect(call.error?.code).toBe(code);
      expect(sent).toHaveLength(1);
    }
  });
});

test("every attempt of one report has the same body and a client-request-id of its own", async () => {
  const { clock, sent, graph } = createObservedClient((_, count) => (count < 3 ? status(503) : completed()));
  outcome(graph.updateRecordingStatus("c", { status: "failed", clientContext: "mark" }));
  await clock.advance(1_000);
  expect(sent.map(({ body }) => body)).toEqual(Array(3).fill({ status: "failed", clientContext: "mark" }));
  expect(new Set(sent.map(({ headers }) => headers.get("client-request-id"))).size).toBe(3);
});

describe("time", () => {
  test("Retry-After is obeyed in full", async () => {
    const { clock, sent, report } = createObservedClient((_, count) => (count === 1 ? status(429, { "retry-after": "7" }) : completed()));
    const call = report("recording");
    await clock.advance(6_999);
    expect(sent).toHaveLength(1);
    await clock.advance(1);
    expect([sent.length, call.done]).toEqual([2, true]);
  });

  test.each([429, 503])("a wait that would pass the deadline rejects at once with THROTTLED (%d)", async (code) => {
    const { clock, report, sent } = createObservedClient(() => status(code, { "retry-after": "50" }));
    const call = report("recording");
    await clock.advance(0);
    expect(call.error).toMatchObject({ code: "THROTTLED", status: code, retryAfterMs: 50_000, hint: expect.stringContaining("50000 ms") });
    expect(sent).toHaveLength(1);
  });

  test("when the attempts are used up the last answer is the error", async () => {
    for (const [code, expected] of [
      [429, "THROTTLED"],
      [503, "HTTP"],
    ] as const) {
      const { clock, report, sent } = createObservedClient(() => status(code), { retry: { limit: 1 } });
      const call = report("recording");
      await clock.advance(10_000);
      expect(call.error).toMatchObject({ code: expected, status: code, retryable: true });
      expect(sent).toHaveLength(2);
    }
  });

  test("the deadline holds for the whole call, retries included, and keeps the last error as the cause", async () => {
    const { clock, report } = createObservedClient(({ signal }) => silence(signal), { deadlineMs: 15_000 });
    const call = report("recording");
    await clock.advance(14_999);
    expect(call.done).toBe(false);
    await clock.advance(1);
    expect(call.error).toMatchObject({ code: "DEADLINE", cause: { code: "TIMEOUT" } });
  });

  test("a back-off that would pass the deadline rejects at once", async () => {
    const { clock, report } = createObservedClient(() => status(503), { deadlineMs: 100 });
    const call = report("recording");
    await clock.advance(0);
    expect(call.error).toMatchObject({ code: "DEADLINE", cause: { code: "HTTP", status: 503 } });
  });

  test("a call's own deadline wins, and one of 0 sends nothing", async () => {
    const { clock, report, sent } = createObservedClient(({ signal }) => silence(signal));
    const [short, none] = [report("recording", "a", { deadlineMs: 5 }), report("recording", "b", { deadlineMs: 0 })];
    await clock.advance(5);
    expect([short.error?.code, none.error?.code, sent.length]).toEqual(["DEADLINE", "DEADLINE", 1]);
  });

  test("no timer is left behind", async () => {
    const { clock, report } = createObservedClient((_, count) => (count % 2 ? status(503) : completed()));
    for (const id of ["a", "b", "c"]) report("recording", id);
    await clock.advance(1_000);
    expect(clock.pending).toBe(0);
  });
});

describe("a claims challenge", () => {
  const claims = '{"access_token":{"nbf":{"essential":true,"value":"1"}}}';
  const challenge = { "www-authenticate": `Bearer realm="", error="insufficient_claims", claims="${btoa(claims)}"` };
  const counted = (handler: Parameters<typeof createObservedClient>[0]) => {
    const asked: unknown[] = [];
    const credential = {
      getToken: async (_: unknown, options: unknown) => {
        asked.push(options);
        return { token: `secret-${asked.length}`, expiresOnTimestamp: 1e15 };
      },
    };
    return { asked, ...createObservedClient(handler, { credential } as never) };
  };

  test("is answered by one token with the claims and one repeat, even without retries", async () => {
    const { asked, clock, report, sent } = counted((_, count) => (count === 1 ? status(401, challenge) : completed()));
    const call = report("recording");
    await clock.advance(0);
    expect(call.value?.status).toBe("completed");
    expect(asked).toMatchObject([{ enableCae: true }, { enableCae: true, claims }]);
    expect(sent.map(({ headers }) => headers.get("authorization"))).toEqual(["Bearer secret-1", "Bearer secret-2"]);
  });

  test("never loops", async () => {
    const { asked, clock, report, sent } = counted(() => status(401, challenge));
    const call = report("recording");
    await clock.advance(60_000);
    expect(call.error).toMatchObject({ code: "HTTP", status: 401 });
    expect([asked.length, sent.length]).toEqual([2, 2]);
  });

  test("a plain 401 is not repeated, and the refused token is forgotten", async () => {
    const { asked, clock, report, sent } = counted((_, count) => (count === 1 ? status(401) : completed()));
    const first = report("recording");
    await clock.advance(60_000);
    expect([first.error?.code, sent.length, asked.length]).toEqual(["HTTP", 1, 1]);
    const second = report("recording");
    await clock.advance(0);
    expect([second.value?.status, asked.length]).toEqual(["completed", 2]);
  });

  test("of many calls at once leads to one token request", async () => {
    const { asked, clock, report } = counted((sent) =>
      sent.headers.get("authorization") === "Bearer secret-1" ? status(401, challenge) : completed(),
    );
    const calls = Array.from({ length: 20 }, (_, index) => report("recording", `call-${index}`));
    await clock.advance(0);
    expect(calls.every(({ value }) => value?.status === "completed")).toBe(true);
    expect(asked).toHaveLength(2);
  });
});
