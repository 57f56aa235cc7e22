import type { Result, Stage } from "../../scripts/checks/runner/stage.ts";

const nothing = { passed: 0, failed: 0, skipped: 0 };

/** Stages as a test needs them: two lanes, and one that waits for another. */
export const lint: Stage = { name: "lint", title: "format", lane: "light", command: ["biome", "check", "."] };
export const build: Stage = { name: "build", title: "dist/", lane: "light", command: ["node", "build.ts"] };
export const types: Stage = { name: "types", title: "types", lane: "light", command: ["node", "types.ts"], after: ["build"] };
export const docs: Stage = { name: "docs", title: "docs", lane: "heavy", project: "docs" };
export const faults: Stage = { name: "faults", title: "faults", lane: "heavy", project: "faults" };
export const planted: readonly Stage[] = [lint, build, types, docs, faults];

export function passed(stage: Stage, counts: Partial<Result["counts"]> = { passed: 1 }): Result {
  return { stage, outcome: "passed", seconds: 1.25, output: "all is well\n", counts: { ...nothing, ...counts }, files: [] };
}

export function failed(stage: Stage, files: readonly string[] = []): Result {
  return { stage, outcome: "failed", seconds: 2, output: "this is wrong\n", counts: { ...nothing, failed: 1 }, files };
}
