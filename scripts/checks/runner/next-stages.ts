import type { Stage } from "./stage.ts";

/** How many stages run side by side: one of each lane. */
const slots = 2;

/** The stages to start now. Each lane runs one of its own; a slot that finds nothing there takes the next of the other lane. */
export function nextStages(waiting: readonly Stage[], running: readonly Stage[], passed: ReadonlySet<string>): Stage[] {
  const starting: Stage[] = [];
  const busy = () => [...running, ...starting];
  while (busy().length < slots) {
    const ready = waiting.filter((stage) => !starting.includes(stage) && isReady(stage, passed));
    const next = ready.find(({ lane }) => !busy().some((stage) => stage.lane === lane)) ?? ready[0];
    if (next === undefined) break;
    starting.push(next);
  }
  return starting;
}

function isReady({ after = [] }: Stage, passed: ReadonlySet<string>): boolean {
  return after.every((name) => passed.has(name));
}
