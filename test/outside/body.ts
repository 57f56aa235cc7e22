// The body of a withRecording: it writes to a file of its own while it runs, begins works, and ends as it likes.
import type { Moment, OutsideClock, Settled } from "./clock.ts";
import type { Permit } from "./library.ts";
import { noting, type Obedience, obey, orTold } from "./recorder.ts";

export type BodySpec = {
  /** `joins` waits for its works before it returns, `waits` for the end of its own recording. */
  readonly does: "returns" | "throws" | "hangs" | "joins" | "waits";
  readonly afterMs: number;
  readonly writeEveryMs: number;
  readonly onSignal: "obeys" | "finishes" | "ignores";
  readonly obedience: Obedience;
  /** How long one that finishes goes on writing, and how it ends. */
  readonly finishMs: number;
  readonly finally: "returns" | "throws";
};

export type BodyFacts = {
  readonly began: Moment;
  readonly writes: Moment[];
  settled?: Settled;
  /** It rejected only because it was told to end. */
  obeyed?: unknown;
};

export const bodyValue = "the body's value";

export class BodyError extends Error {
  override readonly name = "BodyError";
}

export type BodyDeps = {
  readonly clock: OutsideClock;
  readonly spec: BodySpec;
  readonly permit: Permit;
  /** Begins the works; resolves when those it waits for have settled. */
  readonly beginWorks: () => Promise<unknown>;
  readonly waitForOwnEnd: () => Promise<unknown>;
  readonly onSettled: (settled: Settled) => void;
};

export function runBody({ clock, spec, permit, beginWorks, waitForOwnEnd, onSettled }: BodyDeps): {
  facts: BodyFacts;
  run: Promise<unknown>;
} {
  const facts: BodyFacts = { began: clock.mark(), writes: [] };
  let over = false;

  const writeOn = async () => {
    while (!over) {
      // One that asks before each write ends here; one that ignores its signal writes on.
      if (spec.onSignal === "obeys" && permit.signal.aborted) return;
      facts.writes.push(clock.mark());
      await clock.sleep(spec.writeEveryMs);
    }
  };
  const main = async () => {
    const joined = beginWorks();
    await clock.sleep(spec.afterMs);
    if (spec.does === "throws") throw new BodyError("the body threw");
    if (spec.does === "hangs") await new Promise(() => {});
    if (spec.does === "waits") await waitForOwnEnd();
    if (spec.does === "joins") await joined;
    return bodyValue;
  };
  const finish = async () => {
    await clock.sleep(spec.finishMs);
    if (spec.finally === "throws") throw new BodyError("the body threw when it was told to end");
    return bodyValue;
  };
  const behave = async () => {
    if (spec.onSignal === "ignores") return main();
    const told = Symbol("told");
    try {
      return await orTold(main(), permit.signal, () => told);
    } catch (error) {
      if (error !== told) throw error;
      if (spec.onSignal === "finishes") return finish();
      facts.obeyed = obey(spec.obedience, permit.signal, () => permit.assertRecording());
      throw facts.obeyed;
    }
  };
  void writeOn();
  const run = noting(clock, behave(), (settled) => {
    over = true;
    facts.settled = settled;
    onSettled(settled);
  });
  return { facts, run };
}
