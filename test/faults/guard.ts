import { afterAll, beforeAll, expect } from "vitest";

const events = ["unhandledRejection", "uncaughtException", "warning"] as const;

/**
 * Called by each file of this suite: a rejection that nobody handles, an exception outside of a promise or a warning of Node's fails the file,
 * however its tests end. A function, because files share a process, and what a module does when it is loaded happens for the first of them alone.
 */
export function failOnStrays(): void {
  const seen: unknown[] = [];
  const note = (problem: unknown) => seen.push(problem);

  beforeAll(() => {
    for (const event of events) process.on(event, note);
  });

  afterAll(async () => {
    // What comes late is told in a later turn of the event loop.
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setTimeout(resolve, 5));
    for (const event of events) process.off(event, note);
    expect(seen).toEqual([]);
  });
}
