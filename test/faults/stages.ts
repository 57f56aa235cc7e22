// Every place where a call can wait, each made to wait for ever, in virtual time and without a network.
import { createFaultClock, type FaultClock } from "../support/fault-clock.ts";
import { type ClientOptions, callId, completedResponse, connect, credentialOf, report, silence, statusResponse } from "./harness.ts";

type Options = { readonly signal?: AbortSignal; readonly deadlineMs?: number };

/** A call that waits at the stage, and what there was before it. */
export type Waiting = {
  readonly clock: FaultClock;
  readonly call: Promise<unknown>;
  /** Requests that left, of any call. */
  readonly sent: () => number;
  readonly outcomes: () => readonly string[];
  /** Ends what else is under way. */
  readonly end: () => Promise<void>;
};

export type Stage = {
  readonly name: string;
  /** Requests that have left when the call waits there, those of other calls included. */
  readonly sent: number;
  /** Makes a call that waits at this stage. */
  begin(options: Options): Promise<Waiting>;
};

type Setting = {
  readonly options?: ClientOptions;
  readonly before?: "same call" | "other call";
  readonly polls?: boolean;
  readonly afterMs?: number;
};
type Answers = (init: RequestInit, count: number) => Promise<Response>;

function stage(name: string, sent: number, answers: Answers, setting: Setting = {}): Stage {
  const begin = async (options: Options): Promise<Waiting> => {
    const clock = createFaultClock(() => 0.5);
    let requests = 0;
    const fetch = (_: string, init: RequestInit) => answers(init, ++requests);
    const credential = credentialOf("a-token");
    const long = { attemptTimeoutMs: 60_000, deadlineMs: 100_000 };
    const { graph, records } = connect("http://127.0.0.1:9", { ...long, credential, fetch, ...setting.options }, clock.runtime);
    if (setting.before !== undefined) report(graph, {}, setting.before === "same call" ? callId : "another").catch(() => {});
    await clock.advance(0);
    const call = setting.polls ? graph.waitForOperation(callId, { id: "1", status: "running" }, options) : report(graph, options);
    call.catch(() => {});
    await clock.advance(setting.afterMs ?? 0);
    return {
      clock,
      call,
      sent: () => requests,
      outcomes: () => records.map(({ outcome }) => outcome),
      end: async () => void (await graph.close()),
    };
  };
  return { name, sent, begin };
}

const never = () => new Promise<never>(() => {});
const silent: Answers = silence;
/** An answer whose body never ends, and does not listen to the signal. */
const endless: Answers = async () => new Response(new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(1)) }));
const once =
  (status: number, headers?: Record<string, string>): Answers =>
  async (init, count) =>
    count === 1 ? statusResponse(status, headers) : silence(init);
const completes: Answers = async () => completedResponse();

export const stages: readonly Stage[] = [
  stage("the token, from a credential that hangs", 0, completes, { options: { credential: { getToken: never } } }),
  stage("a slot, with another call in flight", 1, silent, { options: { maxConcurrency: 1 }, before: "other call" }),
  stage("its turn, behind an older status of the call", 1, silent, { before: "same call" }),
  stage("the answer", 1, silent),
  stage("the answer, from a fetch that is deaf to signals", 1, never),
  stage("the body of the answer", 1, endless),
  stage("the back-off", 1, once(503)),
  stage("the answer to a second attempt", 2, once(502), { afterMs: 5_000 }),
  stage("Retry-After", 1, once(429, { "retry-after": "30" })),
  stage("the pause before the first poll", 0, silent, { polls: true }),
  stage("the answer to a poll", 1, silent, { polls: true, afterMs: 250 }),
  stage("the body of a poll's answer", 1, endless, { polls: true, afterMs: 250 }),
  stage("the pause after a poll", 1, async () => completedResponse({ status: "running" }), { polls: true, afterMs: 400 }),
  stage("the Retry-After of a poll", 1, once(429, { "retry-after": "30" }), { polls: true, afterMs: 400 }),
];
