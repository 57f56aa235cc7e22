import { readFileSync } from "node:fs";
import { readReport } from "./read-report.ts";
import type { Running } from "./run-stages.ts";
import { commandOf, type Result, type Stage } from "./stage.ts";
import { startCommand } from "./start-command.ts";

/** Where a stage runs, and how it may look. */
export type Surroundings = { readonly root: string; readonly folder: string; readonly terminal: boolean };

/** Starts a stage as a process. */
export function startStage(stage: Stage, { root, folder, terminal }: Surroundings): Running {
  const began = performance.now();
  const report = `${folder}/${stage.name}.json`;
  const { finished, end } = startCommand(commandOf(stage, report), root, withFewThreads(stage, withColours(process.env, terminal)));
  return {
    end,
    finished: finished.then((ended) => ({ ...judged(stage, ended, report, root), seconds: (performance.now() - began) / 1000 })),
  };
}

type Judged = Omit<Result, "seconds">;

function judged(stage: Stage, { code, output }: { readonly code: number; readonly output: string }, report: string, root: string): Judged {
  const { counts, files } = "project" in stage ? readReport(textOf(report), code, root) : { counts: countOf(code), files: [] };
  return { stage, outcome: code === 0 && counts.failed === 0 ? "passed" : "failed", output, counts, files };
}

/** What is no run of tests counts as one. */
function countOf(code: number) {
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // The process ended before it wrote one.
    return undefined;
  }
}

/** A stage writes into a pipe, so it cannot see for itself whether somebody looks at a terminal. */
export function withColours({ FORCE_COLOR, NO_COLOR, ...env }: NodeJS.ProcessEnv, terminal: boolean): NodeJS.ProcessEnv {
  const wanted = terminal && NO_COLOR === undefined;
  return { ...env, ...(wanted ? { FORCE_COLOR: FORCE_COLOR ?? "1" } : { NO_COLOR: "1" }) };
}

/** Stages fill the cores between them: what a process would do on several, only to be done sooner, costs more and ends no sooner here. */
function withFewThreads(stage: Stage, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...env,
    // By itself V8 starts four helper threads in each process, which then wait for a core. 0: as many as there are cores to spare.
    NODE_OPTIONS: `${env.NODE_OPTIONS ?? ""} --v8-pool-size=0`.trim(),
    // TypeScript 7 is a Go program, which spends a third of its time on collecting garbage: it ends soon, so it need not. The limit is for a giant.
    GOGC: "off",
    GOMEMLIMIT: "2GiB",
    ...("project" in stage && { VITEST_MAX_WORKERS: `${stage.workers ?? 1}` }),
  };
}
