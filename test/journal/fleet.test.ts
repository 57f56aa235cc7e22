// Three instances of a bot, as processes, on one Redis; and whether the judge of such a fleet sees what it must.
import { describe, expect, test } from "vitest";
import { hasRedis } from "../support/redis-server.ts";
import { whenAll } from "../support/when-all.ts";
import type { Seen } from "./fleet-graph.ts";
import { type Fleet, findFaults, type Line } from "./fleet-judge.ts";
import { runFleet } from "./fleet-run.ts";

whenAll(() => {
  const seed = Number(process.env.FLEET_SEED ?? Math.floor(Math.random() * 2 ** 31));

  test.skipIf(!hasRedis)(`40 calls, one of three dies, Redis comes and goes (FLEET_SEED=${seed})`, { timeout: 90_000 }, async () => {
    const { faults, counts } = await runFleet({ seed, calls: 40, spreadMs: 1_200, leaseMs: 600, isHard: false });
    expect(faults).toEqual([]);
    // It was the wrong instance each time, and there was something to recover.
    expect(counts.misdelivered).toBeGreaterThan(40);
    expect(counts.recovered + counts.recordedAgain).toBeGreaterThan(0);
    expect(counts.lines).toBeGreaterThan(300);
  });
});

describe("the judge", () => {
  const [arrived, completed] = (["arrived", "completed"] as const).map(
    (what) =>
      (status: string, written: number, from = "one"): Seen => ({ what, callId: "call", status, from, written }),
  ) as [(status: string, written: number, from?: string) => Seen, (status: string, written: number, from?: string) => Seen];
  const line = (at: number, from = "one"): Line => ({ callId: "call", from, at });
  const begun = [arrived("recording", 0), completed("recording", 0)];
  const ended = [arrived("notRecording", 20), completed("notRecording", 20)];
  const fleet = (seen: readonly Seen[], lines: readonly Line[]): Fleet => ({ seen, lines, delivered: new Set(["call"]) });

  test("finds nothing in a recording in the right order, and in one that another instance recovers and a third begins anew", () => {
    expect(findFaults(fleet([...begun, ...ended], [line(0), line(10)]))).toEqual([]);
    const recovered = [arrived("failed", 10, "two"), completed("failed", 10, "two")];
    const again = [arrived("recording", 10, "three"), completed("recording", 10, "three"), arrived("failed", 20, "three")];
    expect(findFaults(fleet([...begun, ...recovered, ...again, completed("failed", 20, "three")], [line(0), line(10, "three")]))).toEqual(
      [],
    );
  });

  test.each([
    ["was never recorded", [...begun, ...ended], []],
    ["is left on recording", begun, [line(0)]],
    ["was not confirmed", [...begun, arrived("failed", 20)], [line(0)]],
    ["when nothing had arrived", [arrived("recording", 10), completed("recording", 10), ...ended], [line(0)]],
    ["not confirmed", [arrived("recording", 0), completed("recording", 10), ...ended], [line(0)]],
    ["was notRecording of one", [...begun, ...ended], [line(0), line(20)]],
    ["was failed of two", [...begun, arrived("failed", 10, "two"), completed("failed", 10, "two")], [line(0), line(10)]],
    ["was recording of two", [...begun, arrived("recording", 10, "two"), completed("recording", 10, "two"), ...ended], [line(0), line(10)]],
    ["written in turns by one, two, one", [...begun, ...ended], [line(0), line(5, "two"), line(10)]],
  ])("sees: %s", (fault, seen, lines) => {
    expect(findFaults(fleet(seen, lines))).toContainEqual(expect.stringContaining(fault));
  });
});
