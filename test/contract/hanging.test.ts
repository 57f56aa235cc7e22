// Nothing waits for ever: not the client on a server that is silent, and not a test on Prism. The only tests that wait by the clock, and not long.
import type { GraphFetch } from "teams-recording-status";
import { type MockGraph, startMockGraph } from "teams-recording-status/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ConnectOptions, connect } from "../support/connect.ts";
import { send } from "../support/raw-request.ts";
import { refusalOf } from "../support/refusal.ts";
import { mainOperation, pathOf } from "../support/spec.ts";
import { type Script, startUpstream, type Upstream } from "../support/upstream.ts";

const shortMs = 50;
/** Far above what a slow machine needs for 50 ms, far below the client's own limits. */
const patienceMs = 2_000;

/** A `fetch` of the caller's own may be deaf to its signal: the client ends its wait all the same. */
const deafFetch: GraphFetch = (url, { signal: _, ...init }) => fetch(url, init);

const hanging: readonly { readonly what: string; readonly script: Script; readonly fetch: GraphFetch }[] = [
  { what: "a server that accepts and never answers", script: "silent", fetch },
  { what: "a server that sends headers and stalls in the body", script: "stalls", fetch },
  { what: "a silent server behind a deaf fetch", script: "silent", fetch: deafFetch },
  { what: "a server that stalls in the body, behind a deaf fetch", script: "stalls", fetch: deafFetch },
];

for (const { what, script, fetch } of hanging) {
  describe(what, () => {
    let upstream: Upstream;
    beforeEach(async () => {
      upstream = await startUpstream();
      upstream.script = script;
    });
    afterEach(() => upstream.close());

    test("the attempt ends with TIMEOUT after attemptTimeoutMs", async () => {
      const { error, afterMs } = await timed(() => report(upstream, { fetch, attemptTimeoutMs: shortMs }));
      expect(error).toMatchObject({ code: "TIMEOUT", retryable: true, message: expect.stringContaining(`${shortMs} ms`) });
      expectSoon(afterMs);
    });

    test("the call ends with DEADLINE after deadlineMs", async () => {
      const { error, afterMs } = await timed(() => report(upstream, { fetch, deadlineMs: shortMs }));
      expect(error).toMatchObject({ code: "DEADLINE", retryable: false, message: expect.stringContaining(`${shortMs} ms`) });
      expectSoon(afterMs);
    });

    test("the call ends with ABORTED when its signal says so", async () => {
      const controller = new AbortController();
      const reason = new Error("The bot leaves the call.");
      const abort = () => controller.abort(reason);
      // Not before the request has arrived, or before the client reads the body.
      if (script === "silent") upstream.onReceived = abort;
      const abortInBody: GraphFetch = async (url, init) => {
        const response = await fetch(url, init);
        setImmediate(abort);
        return response;
      };
      const { error, afterMs } = await timed(() => report(upstream, { fetch: abortInBody }, controller.signal));
      expect(error).toMatchObject({ code: "ABORTED", retryable: false, cause: reason });
      expect(afterMs).toBeLessThan(patienceMs);
    });
  });
}

test("a server that breaks the connection in the body: NETWORK", async () => {
  const upstream = await startUpstream();
  try {
    upstream.script = "breaks";
    const { error, afterMs } = await timed(() => report(upstream, {}));
    expect(error).toMatchObject({ code: "NETWORK", retryable: true });
    expect(afterMs).toBeLessThan(patienceMs);
  } finally {
    await upstream.close();
  }
});

describe("Prism never answers a body that is malformed JSON", () => {
  // One mock for each test: the last one closes its own, and a second close() is refused.
  let mock: MockGraph;
  beforeEach(async () => {
    mock = await startMockGraph();
  });
  afterEach(() => mock.close().catch(() => {}));

  const request = (body: string) => ({ method: mainOperation.method, path: pathOf(mainOperation), body });
  const sendMalformed = (limitMs?: number) => send(mock.url, request('{"status":'), limitMs).catch((error: unknown) => error);

  test("the request's own limit ends it", async () => {
    expect(await sendMalformed(4 * shortMs)).toMatchObject({ name: "TimeoutError" });
  });

  test("the mock still answers others, while one hangs", async () => {
    const hanging = sendMalformed(6 * shortMs);
    expect(await send(mock.url, request('{"status":"recording"}'))).toMatchObject({ status: 200 });
    expect(await hanging).toMatchObject({ name: "TimeoutError" });
  });

  test("close() resolves at once, while one hangs", async () => {
    const hanging = sendMalformed();
    await send(mock.url, request('{"status":"recording"}'));
    const began = performance.now();
    await mock.close();
    expect(performance.now() - began).toBeLessThan(patienceMs);
    // Its connection is gone: it did not run into its own limit.
    expect(await hanging).toBeInstanceOf(TypeError);
  });
});

function report(upstream: Upstream, options: ConnectOptions, signal?: AbortSignal): Promise<unknown> {
  return connect({ baseUrl: upstream.url }, options).updateRecordingStatus("call-1", { status: "recording" }, { signal });
}

async function timed(action: () => Promise<unknown>) {
  const began = performance.now();
  const error = await refusalOf(action());
  return { error, afterMs: performance.now() - began };
}

function expectSoon(afterMs: number): void {
  // Timers may fire up to one millisecond early.
  expect(afterMs).toBeGreaterThanOrEqual(shortMs - 2);
  expect(afterMs).toBeLessThan(patienceMs);
}
