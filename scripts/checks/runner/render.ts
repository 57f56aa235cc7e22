import type { Counts, Result, Stage } from "./stage.ts";

/** What is printed when a stage ends: a line if it passed; what to run again, and all its output, if it failed; nothing if it was ended. */
export function stageText(result: Result): string {
  const { stage, outcome, output } = result;
  if (outcome === "passed") return [passedLine(result), ...noticesOf(output)].join("\n");
  if (outcome === "ended") return "";
  return [`FAILED ${stage.name}: ${stage.title}, after ${inSeconds(result.seconds)}`, ...againLines(result), "", output.trim(), ""].join(
    "\n",
  );
}

/** How to repeat what failed: the stage, and for tests each file by itself. */
function againLines({ stage, files }: Result): string[] {
  const single =
    "project" in stage ? files.map((file) => `npx vitest run --project ${stage.project} ${file}`) : [`npx ${stage.command.join(" ")}`];
  return [`Again: npm test -- --only ${stage.name}`, ...single.map((line) => `   or: ${line}`)];
}

function passedLine({ stage, seconds, counts, output }: Result): string {
  const last = output.trimEnd().split("\n").at(-1) ?? "";
  return `ok ${stage.name.padEnd(10)} ${inSeconds(seconds).padStart(7)}  ${"project" in stage ? countsText(counts) : last}`.trimEnd();
}

/** What a stage that passed could not look at: it says so itself, and it must not be lost. */
function noticesOf(output: string): string[] {
  return output.split("\n").filter((line) => /\b(SKIPPED|skips)\b/.test(line));
}

/** The end of the output: a table of all stages, and the counts alone on the last line. */
export function summaryText(stages: readonly Stage[], results: readonly Result[], seconds: number): string {
  const rows = stages.map((stage) => {
    const result = results.find((one) => one.stage === stage);
    return [stage.name, result?.outcome ?? "not run", result === undefined ? "" : result.seconds.toFixed(1)] as const;
  });
  const table = [["stage", "result", "seconds"] as const, ...rows, ["total", "", seconds.toFixed(1)] as const];
  const lines = table.map(([name, outcome, time]) => `${name.padEnd(10)}  ${outcome.padEnd(7)}  ${time.padStart(7)}`.trimEnd());
  const again = results.filter(({ outcome }) => outcome === "failed").flatMap(againLines);
  return ["", ...lines, "", ...again, countsText(sum(results))].join("\n");
}

function sum(results: readonly Result[]): Counts {
  return results.reduce(
    (all, { counts }) => ({
      passed: all.passed + counts.passed,
      failed: all.failed + counts.failed,
      skipped: all.skipped + counts.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

function countsText({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

function inSeconds(seconds: number): string {
  return `${seconds.toFixed(1)} s`;
}
