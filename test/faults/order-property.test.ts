// Whatever answers, faults, aborts and deadlines come, in whatever interleaving: the promises of the client hold. fast-check prints the seed.
import fc from "fast-check";
import { expect, test } from "vitest";
import { whenAll } from "../support/when-all.ts";
import { failOnStrays } from "./guard.ts";
import { type Plan, play, type Story } from "./order-world.ts";

failOnStrays();

const often = <T>(value: T, arbitrary: fc.Arbitrary<T>) => fc.oneof({ weight: 3, arbitrary: fc.constant(value) }, arbitrary);

const outcome = fc.record({
  kind: fc.constantFrom("completed", "running", "failed", "html", "refused", "throttled", "gateway", "reset", "silent", "endless"),
  delayMs: fc.constantFrom(0, 0, 1, 90, 400, 800),
  retryAfterSec: often<number | undefined>(undefined, fc.constantFrom(0, 1, 2, 9)),
});

const update = fc.record({
  call: fc.integer({ min: 0, max: 2 }),
  atMs: fc.integer({ min: 0, max: 3_000 }),
  deadlineMs: fc.constantFrom(0, 50, 600, 2_000, 5_000, 20_000),
  abortAfterMs: often<number | undefined>(undefined, fc.integer({ min: 0, max: 2_500 })),
  outcomes: fc.array(outcome, { maxLength: 4 }),
});

const plans: fc.Arbitrary<Plan> = fc.record({
  updates: fc.array(update, { minLength: 1, maxLength: 10 }).map((list) => list.toSorted((a, b) => a.atMs - b.atMs)),
  maxConcurrency: fc.integer({ min: 1, max: 3 }),
  retryLimit: fc.integer({ min: 0, max: 3 }),
  chance: fc.constantFrom(0, 0.1, 0.999),
  token: fc.record({
    delayMs: fc.constantFrom(0, 0, 5, 300),
    lifeMs: fc.constantFrom(0, 2_500, 3_600_000),
    failsEvery: fc.constantFrom(3, 1_000, 1_000),
  }),
});

/** Per call, what is asked for later leaves later, and no retry of an older status follows a newer one or its being asked for. */
function checkOrder({ asks, departures }: Story) {
  for (const { call, update, order } of departures) {
    const sameCall = departures.filter((other) => other.call === call);
    expect(sameCall.filter((other) => other.update > update && other.order < order)).toEqual([]);
    const first = sameCall.find((other) => other.update === update);
    if (first?.order === order) continue;
    // What was over as it was asked for supersedes nothing.
    const newer = asks.filter((ask) => `call-${ask.call}` === call && ask.update > update && ask.order < order && ask.deadlineMs > 0);
    expect(newer).toEqual([]);
  }
}

function checkBounds({ departures }: Story, { maxConcurrency, retryLimit }: Plan) {
  for (const { underWay, ofCall } of departures) {
    expect(ofCall).toBe(0);
    expect(underWay).toBeLessThan(maxConcurrency);
  }
  for (const { update } of departures)
    expect(departures.filter((other) => other.update === update).length).toBeLessThanOrEqual(retryLimit + 1);
}

/** Everything ends in time, nothing leaves afterwards, and nothing is left. */
function checkEnds({ asks, departures, settled, timersLeft }: Story) {
  expect([settled.size, timersLeft]).toEqual([asks.length, 0]);
  for (const { update, at, deadlineMs, abortAfterMs = Number.POSITIVE_INFINITY } of asks) {
    const end = settled.get(update);
    expect((end?.at ?? Number.NaN) - at).toBeLessThanOrEqual(Math.min(deadlineMs, abortAfterMs));
    expect(departures.filter((departure) => departure.update === update && departure.order > (end?.order ?? 0))).toEqual([]);
  }
}

const known = new Set("HTTP THROTTLED OPERATION_FAILED BAD_ANSWER NETWORK TIMEOUT DEADLINE ABORTED SUPERSEDED CREDENTIAL".split(" "));

/** A success is the last answer's own; every error is one of the library's. */
function checkTruth({ asks, settled, records }: Story) {
  for (const { update } of asks) {
    const { value, error } = settled.get(update) ?? {};
    const last = records.filter(({ clientContext }) => clientContext === String(update)).at(-1);
    if (value === undefined) {
      expect(known).toContain(error?.code);
      expect(last?.outcome).toBe(error?.code);
    } else {
      expect(value.clientContext).toBe(last?.attempt === 0 ? undefined : String(update));
      expect(["completed", "running"]).toContain(last?.outcome);
    }
  }
}

/** Waits are obeyed in full, and what may still arrive is said. */
function checkRecords({ records }: Story, { updates }: Plan) {
  const sent = records.filter(({ clientRequestId }) => clientRequestId !== undefined);
  expect(new Set(sent.map(({ clientRequestId }) => clientRequestId)).size).toBe(sent.length);
  for (const [index, record] of sent.entries()) {
    const before = sent.slice(0, index).findLast(({ callId }) => callId === record.callId);
    const unknown = /NETWORK|TIMEOUT|ABORTED|DEADLINE/.test(before?.outcome ?? "") || before?.httpStatus === 502;
    expect(record.previousAttemptUnknown).toBe(unknown);
    if (before?.clientContext !== record.clientContext || before === undefined) continue;
    const { retryAfterSec } = updates[Number(before.clientContext)]?.outcomes[before.attempt - 1] ?? {};
    const asked = before.httpStatus === undefined || before.httpStatus < 300 ? undefined : retryAfterSec;
    expect(record.startedAt - before.endedAt).toBeGreaterThanOrEqual(asked === undefined ? 100 : asked * 1_000);
  }
}

async function holdIn(stories: number): Promise<void> {
  const property = fc.asyncProperty(plans, async (plan) => {
    const story = await play(plan);
    checkOrder(story);
    checkBounds(story, plan);
    checkEnds(story);
    checkTruth(story);
    checkRecords(story, plan);
  });
  await fc.assert(property, { numRuns: stories });
}

test("order, bounds, ends, truth and records hold in 200 stories", { timeout: 20_000 }, () => holdIn(200));

whenAll(() => {
  test("they hold in 2,000 more", { timeout: 120_000 }, () => holdIn(2_000));
});
