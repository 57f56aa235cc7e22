// Some runtimes tie promises, timers and signals to the request that made them, and drop them with it: what a request that is gone had asked
// of the credential is never answered, its limit never comes, and its signal throws when it is touched.
import { afterEach, expect, test, vi } from "vitest";
import { createTokenCache } from "../../src/auth/token-cache.ts";
import { createEnding } from "../../src/waiting/ending.ts";
import { outcome } from "./observed-client.ts";
import { createVirtualClock, settle } from "./virtual-clock.ts";

afterEach(() => vi.unstubAllGlobals());

const signal = new AbortController().signal;

/** A cache whose requests belong to one request of the runtime after another. */
function createCache() {
  const clock = createVirtualClock();
  let request = 1;
  const controllerClass = AbortController;
  vi.stubGlobal(
    "AbortController",
    class extends controllerClass {
      readonly owner = request;
      override abort(reason?: unknown) {
        if (this.owner !== request) throw new Error("Cannot perform I/O on behalf of a different request.");
        super.abort(reason);
      }
    },
  );
  const schedule = (callback: () => void, delayMs: number) => {
    const owner = request;
    return clock.runtime.schedule(() => owner === request && callback(), delayMs);
  };
  const answers: (() => void)[] = [];
  const getToken = () =>
    new Promise<{ token: string; expiresOnTimestamp: number; refreshAfterTimestamp: number }>((resolve) => {
      const answer = { token: `t${answers.length + 1}`, expiresOnTimestamp: clock.runtime.now() + 60_000, refreshAfterTimestamp: 0 };
      answers.push(() => resolve(answer));
    });
  const clientEnd = createEnding();
  const runtime = { ...clock.runtime, schedule };
  const cache = createTokenCache({ credential: { getToken }, scope: "s", clientEnd }, runtime);
  const nextRequest = async (afterMs: number) => {
    await clock.advance(afterMs / 2);
    request++;
    await clock.advance(afterMs / 2);
  };
  return { answers, clientEnd, get: () => outcome(cache.get({ signal })), nextRequest };
}

test("a request that went while it waited for its token holds nobody who comes 5 s later", async () => {
  const { answers, clientEnd, get, nextRequest } = createCache();
  const gone = get();
  await nextRequest(5_002);
  const call = get();
  answers[1]?.();
  await settle();
  expect(call.value?.token).toBe("t2");
  // Whether the runtime lets it go on or not: it has its answer.
  expect(gone.value?.token).toBe("t2");
  await nextRequest(120_000);
  const next = get();
  answers[2]?.();
  await settle();
  expect(next.value?.token).toBe("t3");
  clientEnd.bringAbout();
});

test("a refresh in the background that went with its request is asked for again, and hinders no end", async () => {
  const { answers, clientEnd, get, nextRequest } = createCache();
  get();
  answers[0]?.();
  await nextRequest(10_000);
  get();
  expect(answers).toHaveLength(2);
  await nextRequest(10_000);
  get();
  expect(answers).toHaveLength(3);
  answers[2]?.();
  await nextRequest(10_000);
  const call = get();
  await settle();
  expect(call.value?.token).toBe("t3");
  clientEnd.bringAbout();
  expect(clientEnd.hasCome).toBe(true);
});
