import type { Stage } from "./stage.ts";

/** How many stages that work run side by side: one of each lane. Besides them runs one that waits. */
const slots = 2;

/**
 * The stages to start now. Each lane runs one of its own; a slot that finds nothing there takes the next of the other lane that works, and what waits
 * when nothing else is left.
 */
export function nextStages(waiting: readonly Stage[], running: readonly Stage[], passed: ReadonlySet<string>): Stage[] {
  const starting: Stage[] = [];
  const busy = () => [...running, ...starting];
  const isFree = ({ lane }: Stage) => !busy().some((stage) => stage.lane === lane);
  for (;;) {
    const ready = waiting.filter((stage) => !starting.includes(stage) && isReady(stage, passed));
    const hasSlot = busy().filter(works).length < slots;
    const next =
      ready.find((stage) => isFree(stage) && (hasSlot || !works(stage))) ??
      (hasSlot ? ready.find(works) : undefined) ??
      (busy().length < slots ? ready[0] : undefined);
    if (next === undefined) return starting;
    starting.push(next);
  }
}

const works = ({ lane }: Stage) => lane !== "waiting";

function isReady({ after = [] }: Stage, passed: ReadonlySet<string>): boolean {
  return after.every((name) => passed.has(name));
}
