// A world whose journal gives leases, as one does that several processes write to.
import type { JournalHold } from "teams-recording-status";
import { expect } from "vitest";
import { callId, createWorld, outcome } from "./world.ts";

/** A world whose journal gives leases of four seconds, each by the fake clock. */
export function createLeasedWorld(options: Parameters<typeof createWorld>[0] = {}) {
  const world = createWorld(options);
  const { clock, fake } = world;
  const leases: { endsAt: number }[] = [];
  const begin = clock.monotonicNow();
  const open = (): JournalHold => {
    const lease = { endsAt: clock.monotonicNow() + 4_000 };
    leases.push(lease);
    const leftMs = () => lease.endsAt - clock.monotonicNow();
    const holds = () => leftMs() > 0;
    return { permits: holds, mayReport: holds, leftMs, confirm: async () => false, onLost: () => {} };
  };
  world.behaviour.opened = open;
  /** When requests were given up. */
  const givenUp: number[] = [];
  const graph = world.make({
    fetch: (url, init) => {
      init.signal?.addEventListener("abort", () => givenUp.push(clock.monotonicNow() - begin));
      if (init.method === "POST") world.steps.push(`sent ${JSON.parse(String(init.body)).status}`);
      return fake.fetch(url, init);
    },
  });
  const now = () => graph.startRecording(callId, { recorder: world.recorder });
  const start = Object.assign(() => outcome(now()), { now });
  /** The last lease is over, though no timer has told it. */
  const expire = () => void Object.assign(leases.at(-1) ?? {}, { endsAt: 0 });
  return { ...world, graph, leases, start, open, expire, givenUp };
}

/** A plain `recording` that is confirmed when its lease is over. */
export async function reportLate(world: ReturnType<typeof createLeasedWorld>) {
  world.fake.script({ delayMs: 1_000 });
  const late = outcome(world.graph.updateRecordingStatus(callId, { status: "recording" }));
  await world.clock.advance(999);
  world.expire();
  await world.clock.advance(1);
  expect(late.value?.status).toBe("completed");
}
