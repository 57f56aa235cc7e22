// A client in a world that follows a plan: virtual time, a `fetch` in memory that answers and fails as planned, and notes of all that happened.
import type { AttemptRecord } from "../../src/index.ts";
import { createFaultClock, type FaultClock } from "../support/fault-clock.ts";
import { completedResponse, connect, statusResponse } from "./harness.ts";

export type Outcome = {
  readonly kind: "completed" | "running" | "failed" | "html" | "refused" | "throttled" | "gateway" | "reset" | "silent" | "endless";
  readonly delayMs: number;
  readonly retryAfterSec: number | undefined;
};
export type PlannedUpdate = {
  readonly call: number;
  readonly atMs: number;
  readonly deadlineMs: number;
  readonly abortAfterMs: number | undefined;
  readonly outcomes: readonly Outcome[];
};
export type Plan = {
  /** In the order of their times. */
  readonly updates: readonly PlannedUpdate[];
  readonly maxConcurrency: number;
  readonly retryLimit: number;
  readonly chance: number;
  readonly token: { readonly delayMs: number; readonly lifeMs: number; readonly failsEvery: number };
};

export type Departure = {
  readonly update: number;
  readonly call: string;
  readonly at: number;
  readonly order: number;
  readonly underWay: number;
  readonly ofCall: number;
};
export type Ask = PlannedUpdate & { readonly update: number; readonly at: number; readonly order: number };
export type Settled = {
  readonly at: number;
  readonly order: number;
  readonly value?: { clientContext: unknown };
  readonly error?: { code?: string };
};

export type Story = {
  readonly asks: readonly Ask[];
  readonly departures: readonly Departure[];
  readonly settled: ReadonlyMap<number, Settled>;
  readonly records: readonly AttemptRecord[];
  readonly timersLeft: number;
};

export async function play(plan: Plan): Promise<Story> {
  const clock = createFaultClock(() => plan.chance);
  const began = clock.now;
  let order = 0;
  /** When something happened, in virtual time and in the order of all that happened. */
  const stamp = () => ({ at: clock.now - began, order: order++ });
  const departures: Departure[] = [];
  const world = createWorld(plan, clock, (departure) => departures.push({ ...departure, ...stamp() }));
  const { maxConcurrency, retryLimit } = plan;
  const options = { ...world, attemptTimeoutMs: 700, deadlineMs: 5_000, maxConcurrency, retry: { limit: retryLimit } };
  const { graph, records } = connect("http://127.0.0.1:9", options, clock.runtime);
  const asks: Ask[] = [];
  const settled = new Map<number, Settled>();
  for (const [update, planned] of plan.updates.entries()) {
    await clock.advance(Math.max(0, planned.atMs - (clock.now - began)));
    const controller = new AbortController();
    if (planned.abortAfterMs !== undefined) clock.runtime.schedule(() => controller.abort(), planned.abortAfterMs);
    asks.push({ ...planned, update, ...stamp() });
    const body = { status: update % 2 === 0 ? ("recording" as const) : ("notRecording" as const), clientContext: String(update) };
    graph.updateRecordingStatus(`call-${planned.call}`, body, { signal: controller.signal, deadlineMs: planned.deadlineMs }).then(
      (value) => settled.set(update, { ...stamp(), value }),
      (error) => settled.set(update, { ...stamp(), error }),
    );
  }
  await clock.advance(120_000);
  return { asks, departures, settled, records, timersLeft: clock.pending };
}

type Depart = (departure: Omit<Departure, "at" | "order">) => void;

/** Ends after the time, or with the signal. */
function wait({ runtime }: FaultClock, delayMs: number, signal?: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = runtime.schedule(resolve, delayMs);
    const onAbort = () => {
      cancel();
      reject(signal?.reason);
    };
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

function createWorld({ updates, token }: Plan, clock: FaultClock, depart: Depart) {
  const attempts = new Map<number, number>();
  const underWay = new Map<string, number>();
  let tokens = 0;
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const call = /calls\/([^/]+)\//.exec(url)?.[1] ?? "";
    const update = Number((JSON.parse(String(init.body)) as { clientContext: string }).clientContext);
    const attempt = attempts.get(update) ?? 0;
    attempts.set(update, attempt + 1);
    depart({ update, call, underWay: [...underWay.values()].reduce((sum, count) => sum + count, 0), ofCall: underWay.get(call) ?? 0 });
    const count = (change: number) => void underWay.set(call, (underWay.get(call) ?? 0) + change);
    const outcome = updates[update]?.outcomes[attempt] ?? { kind: "completed", delayMs: 0, retryAfterSec: undefined };
    count(1);
    try {
      await wait(clock, outcome.kind === "silent" ? 1_000_000 : outcome.delayMs, init.signal);
      if (outcome.kind !== "endless") return responseOf(outcome, String(update));
      count(1);
      return new Response(new ReadableStream({ cancel: () => count(-1) }));
    } finally {
      count(-1);
    }
  };
  const getToken = async (_: unknown, options: { abortSignal?: AbortSignal } = {}) => {
    await wait(clock, token.delayMs, options.abortSignal);
    if (++tokens % token.failsEvery === 0) throw new Error("no token today");
    return { token: `token-${tokens}`, expiresOnTimestamp: clock.now + token.lifeMs };
  };
  return { fetch, credential: { getToken } };
}

const statuses = { refused: 403, throttled: 429, gateway: 502 };

function responseOf({ kind, retryAfterSec }: Outcome, clientContext: string): Response {
  const headers: Record<string, string> = retryAfterSec === undefined ? {} : { "retry-after": String(retryAfterSec) };
  if (kind === "reset") throw new TypeError("fetch failed", { cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }) });
  if (kind === "html") return new Response("<html>");
  if (kind === "refused" || kind === "throttled" || kind === "gateway") return statusResponse(statuses[kind], headers);
  return completedResponse({ status: kind, clientContext });
}
