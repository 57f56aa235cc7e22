// Many calls report at once to a server that throttles half of them: all finish, nothing is lost, in bounded memory and sockets.
import { expect } from "vitest";
import { type SeenRequest, startFaultServer } from "../support/fault-server.ts";
import * as steps from "../support/fault-server-steps.ts";
import { watchMemory } from "../support/memory.ts";
import { type ClientOptions, connect, report } from "./harness.ts";

/** Answers the first attempt of every second call with the step, everything else with success, and counts the successes. */
function stormScript(throttle: steps.Step) {
  const attempts = new Map<string, number>();
  const successes = new Map<string, number>();
  const script = ({ url }: SeenRequest): steps.Step => {
    const id = /calls\/call-(\d+)\//.exec(url)?.[1] ?? "";
    const attempt = (attempts.get(id) ?? 0) + 1;
    attempts.set(id, attempt);
    if (attempt === 1 && Number(id) % 2 === 0) return throttle;
    successes.set(id, (successes.get(id) ?? 0) + 1);
    return { ...steps.completed({ id: `op-${id}` }), delayMs: 1 };
  };
  return { script, successes };
}

/** The global `fetch`, with a count of what is under way. */
function countedFetch() {
  const counted = { underWay: 0, peak: 0 };
  const fetch = async (url: string, init: RequestInit) => {
    counted.peak = Math.max(counted.peak, ++counted.underWay);
    try {
      return await globalThis.fetch(url, init);
    } finally {
      counted.underWay--;
    }
  };
  return { fetch, counted };
}

export type Storm = {
  readonly calls: number;
  /** What every second call is answered first. */
  readonly throttle: steps.Step;
  /** How many may be under way at once. */
  readonly bound: number;
  readonly options?: ClientOptions;
  /** The most that the heap, and the process, may grow, in MiB. */
  readonly growth: { readonly heap: number; readonly rss: number };
};

/** Lets all calls report at once, and checks that each is answered and that all stay within the bounds. */
export async function expectSurvived(name: string, { calls, throttle, bound, options = {}, growth }: Storm): Promise<void> {
  const { script, successes } = stormScript(throttle);
  await using server = await startFaultServer(script);
  const { fetch, counted } = countedFetch();
  const { graph, records } = connect(server.url, { fetch, attemptTimeoutMs: 30_000, deadlineMs: 110_000, ...options }, {});
  const grown = watchMemory();
  const began = performance.now();
  const operations = await Promise.all(Array.from({ length: calls }, (_, i) => report(graph, {}, `call-${i}`)));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const most = grown();
  const { peak, total } = server.sockets;
  console.info(
    `storm, ${name}: ${calls} calls in ${seconds} s; in flight at most ${counted.peak} (server: ${server.peakInFlight}); sockets at most ${peak}, ${total} in all; rss +${most.rss} MiB, live heap +${most.heap} MiB`,
  );
  expect(operations.map(({ id, status }) => `${id} ${status}`)).toEqual(operations.map((_, i) => `op-${i} completed`));
  // A connection may be closed just as it is used again: what was lost is repeated, and the records tell it.
  const lost = records.filter(({ outcome }) => outcome === "NETWORK" || outcome === "TIMEOUT").length;
  const repeated = [...successes.values()].reduce((sum, count) => sum + count - 1, 0);
  expect([successes.size, repeated <= lost, records.length]).toEqual([calls, true, calls * 1.5 + lost]);
  expect(server.requests.length).toBeLessThanOrEqual(calls * 1.5 + lost);
  expect([counted.peak, server.peakInFlight <= bound]).toEqual([bound, true]);
  // A slot is free as soon as an answer is read, a connection a moment later: `fetch` opens one more meanwhile.
  expect(peak).toBeLessThanOrEqual(2 * bound);
  expect(most.heap).toBeLessThan(growth.heap);
  expect(most.rss).toBeLessThan(growth.rss);
  await graph.close();
}
