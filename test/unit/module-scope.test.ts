// Edge runtimes (workerd) allow nothing asynchronous or abortable at module scope, and none of it may be used in a later request than the one
// that made it. Here the client is made and used under an eye that sees what V8 and Node make, whatever name it goes by.
import { createHook } from "node:async_hooks";
import { afterEach, expect, test, vi } from "vitest";
import { type AccessToken, createRecordingClient } from "../../src/index.ts";
import { heapMiB } from "../support/memory.ts";
import { completed, status } from "./observed-client.ts";
import { settle } from "./virtual-clock.ts";

afterEach(() => vi.unstubAllGlobals());

const hour = 3_600_000;
const token = (more: Partial<AccessToken> = {}): AccessToken => ({ token: "t", expiresOnTimestamp: Date.now() + hour, ...more });

/** What is made while the function runs, by any code: promises (those of async functions too), timers, and what can be aborted. */
function madeDuring(run: () => void): string[] {
  const made: string[] = [];
  stubAbortController(() => made.push("AbortController"));
  for (const method of ["timeout", "any", "abort"] as const) {
    const original = AbortSignal[method] as (...values: unknown[]) => AbortSignal;
    vi.spyOn(AbortSignal, method).mockImplementation((...values: unknown[]) => {
      made.push(`AbortSignal.${method}`);
      return original.apply(AbortSignal, values);
    });
  }
  const hook = createHook({ init: (_, type) => made.push(type) }).enable();
  try {
    run();
  } finally {
    hook.disable();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  }
  return made;
}

test("the eye sees each of them", () => {
  const timers: NodeJS.Timeout[] = [];
  const made = madeDuring(() => {
    new AbortController();
    AbortSignal.abort();
    timers.push(setTimeout(() => {}, 1));
    Promise.withResolvers();
    (async () => {})();
    queueMicrotask(() => {});
  });
  timers.forEach(clearTimeout);
  expect(made).toEqual(expect.arrayContaining(["AbortController", "AbortSignal.abort", "Timeout", "PROMISE", "Microtask"]));
  expect(made.filter((type) => type === "PROMISE")).toHaveLength(2);
});

test("making a client makes nothing that is asynchronous or can be aborted, and looks at no clock", () => {
  const credential = { getToken: async () => token() };
  const never = () => expect.fail("looked at");
  const made = madeDuring(() => {
    createRecordingClient({ credential });
    createRecordingClient(
      { credential, retry: { limit: 1 }, maxConcurrency: 1, onAttempt: () => {} },
      {
        now: never,
        monotonicNow: never,
        schedule: never,
        random: never,
        randomUUID: never,
      },
    );
  });
  expect(made).toEqual([]);
});

/** Takes the place of AbortController and is told of each one that is made. */
function stubAbortController(onMade: (controller: AbortController) => void): void {
  const controllerClass = AbortController;
  vi.stubGlobal(
    "AbortController",
    class extends controllerClass {
      constructor() {
        super();
        onMade(this);
      }
    },
  );
}

test("loading the library makes nothing that can be aborted", async () => {
  const made: AbortController[] = [];
  stubAbortController((controller) => made.push(controller));
  vi.resetModules();
  await import("../../src/index.ts");
  expect(made).toEqual([]);
});

/** A client with an answer to a report, an answer to a poll, a 503, a 401 and a refresh in the background, in turn. */
function createBusyClient() {
  const answers = [
    () => completed({ status: "running" }),
    () => completed(),
    () => status(503),
    () => completed(),
    () => status(401),
    () => completed(),
  ];
  let requests = 0;
  const credential = { getToken: async () => token({ refreshAfterTimestamp: 0 }) };
  let aheadMs = 0;
  const runtime = { random: () => 0, monotonicNow: () => performance.now() + aheadMs, schedule: quick };
  const fetch = async () => (answers[requests++ % answers.length] ?? completed)();
  const client = createRecordingClient({ credential, fetch }, runtime);
  const serve = async (id: string) => {
    // So late that the token is refreshed in the background.
    aheadMs += 20_000;
    const operation = await client.updateRecordingStatus(id, { status: "recording" }).catch(() => undefined);
    if (operation?.status === "running") await client.waitForOperation(id, operation);
  };
  return { client, serve };
}

/** Pauses take no time; limits are never reached, however busy the machine is. */
function quick(callback: () => void, delayMs: number) {
  const timer = delayMs < 10_000 ? setTimeout(callback, 0) : undefined;
  return () => clearTimeout(timer);
}

test("between one call and the next nothing that was made for the first is kept", async () => {
  // What the process makes once is not the client's.
  const first = createBusyClient();
  for (let count = 0; count < 20; count++) await first.serve(`call-${count}`);
  const { client, serve } = createBusyClient();
  const made: WeakRef<object>[] = [];
  const note = (object: object) => made.push(new WeakRef(object));
  const hook = createHook({ init: (_, type, __, resource) => void (type === "PROMISE" && note(resource)) });
  stubAbortController((controller) => note(controller) && note(controller.signal));
  hook.enable();
  for (let count = 0; count < 100; count++) await serve(`call-${count}`);
  hook.disable();
  let kept = made.length;
  // What the test runner has under way in the same process ends by itself; what the client keeps stays.
  for (let looks = 0; looks < 50 && kept > 0; looks++) {
    await settle();
    heapMiB();
    kept = made.filter((object) => object.deref() !== undefined).length;
  }
  expect([client.recordings, made.length > 1_000]).toEqual([[], true]);
  expect(kept).toBe(0);
});

test("no call uses what can be aborted of an earlier one, nor does close()", async () => {
  const { client, serve } = createBusyClient();
  let request = 0;
  const foreign: string[] = [];
  stubAbortController((controller) => {
    const mine = request;
    const refuse = (use: string) => {
      if (mine !== request) foreign.push(`${use} of request ${mine} in request ${request}`);
    };
    const { signal } = controller;
    Object.defineProperty(controller, "signal", {
      get: () => {
        refuse("signal");
        return signal;
      },
    });
    for (const [object, methods] of [
      [controller, ["abort"]],
      [signal, ["addEventListener", "removeEventListener", "throwIfAborted"]],
    ] as const) {
      for (const method of methods) {
        const original = (object as unknown as Record<string, (...values: unknown[]) => unknown>)[method];
        Object.defineProperty(object, method, {
          value: (...values: unknown[]) => {
            refuse(method);
            return original?.apply(object, values);
          },
        });
      }
    }
  });
  for (request = 1; request <= 30; request++) {
    await serve(`call-${request % 3}`);
    // The refresh in the background, too, has its answer within the request.
    await settle();
  }
  await client.close();
  expect(foreign).toEqual([]);
});
