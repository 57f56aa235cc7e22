// Used as README.md shows, the fake catches every bot that breaks the terms of use, and says so in words; a bot that keeps them it lets be.
import { createRecordingClient } from "teams-recording-status";
import { createFakeGraph, type FakeStep } from "teams-recording-status/testing";
import { describe, expect, test } from "vitest";
import * as bots from "./bots.ts";

const callId = "57dab8b1-894c-409a-b240-bd8beae78896";

/** Runs the bot as README.md does, and gives what it broke. */
async function violationsOf(bot: bots.Bot, plan: readonly FakeStep[] = []): Promise<string[]> {
  const fake = createFakeGraph();
  fake.addCall(callId);
  fake.script(plan);
  const { baseUrl, fetch, credential, clock } = fake;
  const graph = createRecordingClient({ baseUrl, fetch, credential }, clock);
  const pass = (ms: number) => new Promise<void>((resolve) => void clock.schedule(resolve, ms));
  const run = bot({ graph, fake, callId, recorder: fake.recorder(callId), file: fake.sink<string>(callId), pass });
  await clock.advance(120_000, { until: run });
  await run;
  return fake.violations();
}

const early = /"line 1" was persisted before Graph confirmed the recording\. The terms: .* success\.$/;

describe("a bot that breaks the terms is caught", () => {
  test.each<[string, bots.Bot, readonly FakeStep[], readonly RegExp[]]>([
    ["records before it reports", bots.recordsBeforeReporting, [], [early]],
    ["reports without waiting", bots.reportsUnawaited, [], [early]],
    ["records after a 403", bots.recordsAfter403, [{ status: 403, code: "8506" }], [early]],
    ["records while the operation runs", bots.recordsWhileRunning, [{ operation: "running" }], [early]],
    ["records after a 202 that never completes", bots.recordsWhileRunning, [{ status: 202 }], [early]],
    ["records after a failed operation", bots.recordsAfterFailedOperation, [{ operation: "failed" }], [early]],
    ["ignores errors and goes on", bots.ignoresErrors, [{ status: 400 }], [early]],
    [
      "reports before the file is closed",
      bots.reportsBeforeTheFileIsClosed,
      [],
      [/notRecording was reported before sink 1 was closed\. The terms: /],
    ],
    ["writes after notRecording", bots.writesAfterNotRecording, [], [/"line 2" was persisted after notRecording was reported/]],
    ["writes after failed", bots.writesAfterFailed, [], [/"line 2" was persisted after failed was reported/]],
    ["writes after the call ended", bots.writesAfterTheCallEnded, [], [/"line 2" was persisted after the call had ended/]],
    ["never reports the end", bots.neverReportsTheEnd, [], [/the call is left with the status recording/]],
    ["writes the tail after the stop", bots.writesTheTailAfterTheStop, [], [/"line 1" was .*after notRecording/, /"line 2" was .*after/]],
    [
      "goes on after a stop",
      bots.goesOnAfterAStop,
      [],
      [/the recorder started without a confirmed recording/, /"line 2" was persisted after notRecording was reported/],
    ],
    ["records while a second start is pending", bots.recordsWhileTheSecondIsPending, [], [/"line 2" was persisted before Graph confirmed/]],
    ["mixes two calls up", bots.mixesCallsUp, [], [/^other-call at \d+ ms: "line 1" was persisted before/, /nothing was observed/]],
  ])("%s", async (_, bot, plan, expected) => {
    const found = await violationsOf(bot, plan);
    expect(found).toEqual(expected.map((words) => expect.stringMatching(words)));
    expect(found.every((one) => one.startsWith(callId) || one.startsWith("other-call"))).toBe(true);
  });
});

describe("a bot that keeps the terms is not blamed", () => {
  const plans: readonly (readonly FakeStep[])[] = [
    [],
    [{ delayMs: 300 }],
    [{ lose: "answer" }, { operation: "running", becomes: "completed" }],
    [{ silent: "answer" }, { status: 503, headers: { "retry-after": "2" } }],
    [{}, { lose: "request" }, { status: 429, headers: { "retry-after": "1" } }],
  ];
  test.each<[string, bots.Bot]>([
    ["withRecording and pipe", bots.pipes],
    ["withRecording and single writes", bots.writesSingly],
    ["startRecording and a recorder", bots.startsAndStops],
    ["the order by hand", bots.keepsTheOrderByHand],
    ["two recordings", bots.recordsTwice],
  ])("%s, whatever happens on the way", async (_, bot) => {
    for (const plan of plans) expect([plan, await violationsOf(bot, plan)]).toEqual([plan, []]);
  });

  test("nor one without the library", async () => {
    expect(await violationsOf(bots.keepsTheOrderRaw)).toEqual([]);
  });

  test.each<FakeStep>([{ status: 403, code: "8506" }, { operation: "failed" }, { status: 404, code: "8522" }])(
    "nor one that is refused: %o",
    async (step) => {
      const tries: bots.Bot = (given) => bots.startsAndStops(given).catch(() => {});
      expect(await violationsOf(tries, [step])).toEqual([]);
    },
  );
});
