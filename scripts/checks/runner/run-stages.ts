import { nextStages } from "./next-stages.ts";
import type { Result, Stage } from "./stage.ts";

/** A stage under way. `end` stops all its processes; `finished` never rejects. */
export type Running = { readonly finished: Promise<Result>; end(): void };

export type Stages = {
  readonly start: (stage: Stage) => Running;
  readonly onStart: (stage: Stage) => void;
  readonly onEnd: (result: Result) => void;
  /** Somebody gives up: nothing more starts, and what runs is ended. */
  readonly signal: AbortSignal;
};

/** Runs stages side by side until all have passed or one has failed; then the others are ended. Resolves with what ran. */
export async function runStages(stages: readonly Stage[], { start, onStart, onEnd, signal }: Stages): Promise<Result[]> {
  const running = new Map<Stage, Running>();
  const results: Result[] = [];
  let over = false;
  const endAll = () => {
    over = true;
    for (const one of running.values()) one.end();
  };
  signal.addEventListener("abort", endAll, { once: true });
  if (signal.aborted) endAll();

  while (true) {
    const passed = new Set(results.filter(({ outcome }) => outcome === "passed").map(({ stage }) => stage.name));
    const waiting = stages.filter((stage) => !running.has(stage) && !results.some((result) => result.stage === stage));
    for (const stage of over ? [] : nextStages(waiting, [...running.keys()], passed)) {
      onStart(stage);
      running.set(stage, start(stage));
    }
    if (running.size === 0) break;
    const own = await Promise.race([...running.values()].map(({ finished }) => finished));
    running.delete(own.stage);
    // Whatever an ended stage says of itself, it is no verdict.
    const result: Result = over ? { ...own, outcome: "ended", counts: { passed: 0, failed: 0, skipped: 0 } } : own;
    results.push(result);
    onEnd(result);
    if (result.outcome === "failed") endAll();
  }
  signal.removeEventListener("abort", endAll);
  return results;
}
