// Random lives of a recording: what the caller, the body, the recorder, the works, the streams and Graph do. What must be true of each is
// judged from outside, by test/outside/judge.ts.
import fc from "fast-check";
import type { BodySpec } from "./body.ts";
import { type Act, runBot, type Scenario } from "./bot.ts";
import type { Step } from "./graph.ts";
import type { JournalSpec } from "./journal.ts";
import { judge } from "./judge.ts";
import type { CreateClient } from "./library.ts";
import type { Obedience, StartSpec, StopSpec } from "./recorder.ts";
import type { SinkSpec } from "./sinks.ts";
import type { SourceSpec } from "./sources.ts";
import type { TransformSpec } from "./transforms.ts";
import type { UnhandledWatch } from "./unhandled.ts";
import type { Noise, Telling } from "./webhook.ts";
import type { GateSpec, PersistSpec, PipeSpec, WorkSpec } from "./works.ts";

const ms = (max: number) => fc.integer({ min: 0, max });
/** Mostly the first value; the others are what goes wrong. */
const mostly = <T>(usual: T, weight: number, ...rare: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...rare) });
const sometimes = <T>(arbitrary: fc.Arbitrary<T>, freq = 4) => fc.option(arbitrary, { nil: undefined, freq });

const obedience: fc.Arbitrary<Obedience> = fc.constantFrom("reason", "causedByIt", "abortError", "notPermitted");

const start: fc.Arbitrary<StartSpec> = fc.record({
  does: mostly("resolves", 8, "rejects", "throws", "hangs", "obeys", "obeys", "late", "late"),
  delayMs: fc.oneof({ weight: 4, arbitrary: ms(60) }, { weight: 3, arbitrary: ms(950) }, { weight: 1, arbitrary: ms(2_500) }),
  obedience,
});
const stop: fc.Arbitrary<StopSpec> = fc.record({
  does: mostly("resolves", 6, "rejects", "throws", "hangs", "waits"),
  delayMs: fc.oneof({ weight: 3, arbitrary: ms(150) }, { weight: 1, arbitrary: ms(1_200) }),
});

const refused: fc.Arbitrary<Step> = fc.constantFrom(
  { status: 400 },
  { status: 403, code: "8506" },
  { status: 404 },
  { status: 404, code: "UnknownError" },
  { status: 404, code: "8522" },
);
const passing: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ status: fc.constantFrom(401, 429) }),
  fc.record({ status: fc.constantFrom(408, 500, 502, 503, 504, 507), applied: fc.boolean() }),
  fc.record({ status: fc.constant(429), retryAfterS: fc.constantFrom(1, 3, 900) }),
  fc.record({ lost: fc.constantFrom("request", "answer", "silentRequest", "silentAnswer") }),
  fc.record({ garbage: fc.constant(true), applied: fc.boolean() }),
) as fc.Arbitrary<Step>;
const telling: fc.Arbitrary<Telling> = fc.record({
  early: mostly(false, 2, true),
  times: fc.constantFrom(1, 1, 2),
  names: fc.constantFrom("both", "id", "context"),
  isOld: fc.boolean(),
});
const noise: fc.Arbitrary<Noise> = fc.record({
  afterMs: ms(2_000),
  what: fc.constantFrom("otherOperation", "otherCall", "running", "unknownStatus", "otherContext", "callLives"),
});
/** An empty answer gives no id: only the context can tell then, so nobody else has it. */
const withoutAmbiguity = ({ noise: noises, tells, ...step }: Step): Step => {
  if (!step.empty) return { ...step, tells, ...(noises && { noise: noises }) };
  return {
    ...step,
    noise: (noises ?? []).filter(({ what }) => what !== "otherOperation"),
    tells: tells?.names === "id" ? { ...tells, names: "both" } : tells,
  };
};
const notified = fc
  .record({
    delayMs: ms(900),
    operation: fc.constantFrom("running", null),
    becomes: fc.constantFrom("completed", "completed", "completed", "failed"),
    becomesAfterMs: ms(3_000),
    poll: fc.constantFrom(403, 403, 404, undefined),
    tells: telling,
    empty: mostly(false, 2, true),
    noise: fc.array(noise, { maxLength: 3 }),
  })
  .map((step) => withoutAmbiguity(step as Step));
const slow: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ delayMs: ms(1_500) }),
  fc.record({
    operation: fc.constantFrom("running", "notStarted", "Hovering", null),
    becomes: fc.constantFrom("completed", "completed", "failed", undefined),
    becomesAfterMs: ms(3_000),
    poll: mostly<number | undefined>(undefined, 6, 404, 403, 500),
  }),
  notified,
  fc.record({ operation: fc.constantFrom("Completed", "failed") }),
) as fc.Arbitrary<Step>;

const plan = fc.record(
  {
    starting: fc.oneof(
      { weight: 4, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(fc.oneof(slow, passing, refused), { minLength: 1, maxLength: 3 }) },
    ),
    closing: fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(fc.oneof({ weight: 3, arbitrary: passing }, slow, refused), { minLength: 1, maxLength: 6 }) },
    ),
    tokenFails: fc.constantFrom([2], [2, 3], [3]),
    tokenLifeMs: fc.constantFrom(3_600_000, 2_500),
  },
  { requiredKeys: ["starting", "closing"] },
);

const source: fc.Arbitrary<SourceSpec> = fc.record({
  kind: fc.constantFrom("web", "node", "iterable"),
  chunks: fc.integer({ min: 0, max: 8 }),
  everyMs: fc.constantFrom(0, 10, 60, 250),
  last: mostly("waits", 3, "ends", "ends", "fails"),
  cancel: mostly("ok", 5, "hangs", "rejects"),
});
const transform: fc.Arbitrary<TransformSpec> = fc.record({
  kind: fc.constantFrom("web", "node"),
  does: fc.constantFrom("passes", "lags", "holds"),
  delayMs: fc.constantFrom(0, 0, 20, 90),
  failsAt: sometimes(ms(6), 12),
  flush: mostly("ok", 12, "fails", "hangs"),
});
const sink: fc.Arbitrary<SinkSpec> = fc
  .record({
    kind: fc.constantFrom("web", "node"),
    delayMs: fc.constantFrom(0, 0, 30, 120),
    closeMs: fc.constantFrom(0, 0, 50, 200),
    buffers: fc.constantFrom(1, 1, 4),
    stuck: sometimes(fc.record({ stuckAt: ms(4), stuckMs: fc.constantFrom(1_500, 4_000) }), 8),
    failsAt: sometimes(ms(6), 10),
    closeFails: fc.oneof({ weight: 12, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  })
  .map(({ stuck, ...spec }) => ({ ...spec, ...stuck })) as fc.Arbitrary<SinkSpec>;

const pipe: fc.Arbitrary<PipeSpec> = fc.record({
  kind: fc.constant("pipe"),
  afterMs: fc.oneof(fc.constant(0), ms(1_500)),
  source,
  transforms: fc.array(transform, { maxLength: 2 }),
  sink,
  awaited: fc.boolean(),
});
const persist: fc.Arbitrary<PersistSpec> = fc.record({
  kind: fc.constant("persist"),
  afterMs: fc.oneof(fc.constant(0), ms(1_500)),
  delayMs: fc.oneof(ms(300), ms(1_500)),
  does: mostly("resolves", 4, "rejects", "throws", "hangs", "obeys", "obeysPermit"),
});
const gate: fc.Arbitrary<GateSpec> = fc.record({
  kind: fc.constant("gate"),
  afterMs: ms(300),
  chunks: fc.integer({ min: 0, max: 8 }),
  everyMs: fc.constantFrom(5, 60, 250),
  readMs: fc.constantFrom(0, 40, 400),
  reads: mostly(99, 5, 0, 3),
});
const work: fc.Arbitrary<WorkSpec> = fc.oneof(
  { weight: 4, arbitrary: pipe },
  { weight: 3, arbitrary: persist },
  { weight: 2, arbitrary: gate },
);

const body: fc.Arbitrary<BodySpec> = fc.record({
  does: mostly("returns", 2, "throws", "hangs", "joins", "joins", "waits"),
  afterMs: ms(2_500),
  writeEveryMs: fc.constantFrom(90, 400),
  onSignal: fc.constantFrom("obeys", "obeys", "finishes", "finishes", "ignores"),
  obedience,
  finishMs: fc.oneof(ms(400), ms(1_500)),
  finally: mostly("returns", 3, "throws"),
});

const act: fc.Arbitrary<Act> = fc.record({
  afterMs: fc.oneof(ms(100), ms(1_200)),
  act: fc.constantFrom("stop", "stop", "fail", "abort", "callEnded", "callGone", "callTold", "close", "close", "update", "second", "early"),
  deadlineMs: fc.constantFrom(25_000, 3_000, 600, 50),
});

const journal: fc.Arbitrary<JournalSpec> = fc.record({
  openedMs: fc.constantFrom(0, 0, 40, 400),
  opens: mostly("resolves", 15, "rejects", "throws", "hangs"),
  attemptMs: fc.constantFrom(0, 0, 30),
  attempts: mostly("resolves", 10, "rejects", "throws"),
  closedMs: fc.constantFrom(0, 0, 60),
  closes: mostly("resolves", 10, "rejects", "hangs"),
});

export const scenarios: fc.Arbitrary<Scenario> = fc.record({
  api: fc.constantFrom("withRecording", "startRecording"),
  timing: fc.record({
    startTimeoutMs: fc.constant(1_000),
    stopTimeoutMs: fc.constantFrom(1_000, 1_000, 400),
    deadlineMs: fc.constantFrom(6_000, 20_000),
    attemptTimeoutMs: fc.constant(1_000),
  }),
  plan,
  recorder: fc.record({ start, stop }),
  body,
  works: fc.array(work, { maxLength: 4 }),
  acts: fc.array(act, { maxLength: 4 }),
  journal: fc.option(journal, { nil: undefined, freq: 2 }),
}) as fc.Arbitrary<Scenario>;

/** Recordings that a notification confirms, or not. */
export const notifiedScenarios: fc.Arbitrary<Scenario> = fc
  .tuple(scenarios, notified)
  .map(([{ plan: planned, ...scenario }, step]) => ({ ...scenario, plan: { ...planned, starting: [step] }, acts: [] }));

/** Lives the scenario on a client of this kind and says what was wrong; empty when all is well. */
export async function findFaults(createClient: CreateClient, scenario: Scenario, unhandled: UnhandledWatch): Promise<string[]> {
  return judge(await runBot(createClient, scenario, unhandled));
}
