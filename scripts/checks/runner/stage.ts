/** One check of `npm test`: a command, or a project of vitest. */
export type Stage = {
  /** What `--only` takes. */
  readonly name: string;
  readonly title: string;
  readonly lane: "light" | "heavy";
  /** Stages that must have passed before. */
  readonly after?: readonly string[];
} & (
  | { readonly command: readonly [string, ...string[]] }
  | {
      readonly project: string;
      /**
       * How many processes of vitest, which each load what the files import.
       * @default 1
       */
      readonly workers?: number;
    }
);

/** How many tests passed, failed and were skipped. */
export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

/** What became of a stage. `ended`: another one failed, or somebody pressed Ctrl+C. */
export type Result = {
  readonly stage: Stage;
  readonly outcome: "passed" | "failed" | "ended";
  readonly seconds: number;
  readonly output: string;
  readonly counts: Counts;
  /** Test files that failed. */
  readonly files: readonly string[];
};

/** A stage's command line; a project of vitest writes its report as JSON for the counts, and speaks only of what failed. */
export function commandOf(stage: Stage, report: string): readonly [string, ...string[]] {
  if ("command" in stage) return stage.command;
  return ["vitest", "run", "--project", stage.project, "--reporter=agent", "--reporter=json", `--outputFile.json=${report}`];
}
