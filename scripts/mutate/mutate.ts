import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { Presets, SingleBar } from "cli-progress";
import { Piscina } from "piscina";
import type { Judgement } from "../judges/judgement.ts";
import { readDocument, readSpecText, sha256, specPath } from "../spec/document.ts";
import { createPlaceFinder, showPath } from "../spec/places.ts";
import { BadInput } from "../tool/bad-input.ts";
import type { Tool } from "../tool/run-tool.ts";
import { type Mutant, mutantsOf } from "./mutants.ts";
import { renderMutation, summarise } from "./render.ts";
import { type MutationReport, reportOf, unexplained } from "./report.ts";
import { readReviewedSurvivors, survivorsPath } from "./survivors.ts";

export const mutationReportPath = "review/mutation.json";
/** Few enough that the bar moves, and that both cores finish together. */
const mutantsInTask = 8;

/** `npm run mutate`: which changes of the spec nobody notices. */
export const mutate: Tool = async ({ args, root, out }) => {
  const { only } = parseArgs({ args: [...args], options: { only: { type: "string" } } }).values;
  const text = readSpecText(root + specPath);
  const reviewed = readReviewedSurvivors(root + survivorsPath);
  const all = mutantsOf(readDocument(text));
  const numbers = [...all.keys()].filter((number) => only === undefined || showPath(all[number]?.path ?? []).includes(only));
  if (numbers.length === 0)
    throw new BadInput(`--only ${only}: no constraint of the spec has this in its path, such as "schemas › ReportableStatus".`);
  const began = performance.now();
  const threads = Math.min(availableParallelism(), Math.ceil(numbers.length / mutantsInTask));
  const pool = new Piscina({
    filename: new URL("./worker.ts", import.meta.url).href,
    maxThreads: threads,
    minThreads: threads,
    workerData: { text },
    // Each mutant leaves a few megabytes behind: a roomy nursery collects them in one go.
    resourceLimits: { maxYoungGenerationSizeMb: 128 },
  });
  try {
    const judgements = await judgeAll(pool, numbers);
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    const judged = numbers.map((number, index) => ({ mutant: all[number] as Mutant, judgement: judgements[index] as Judgement }));
    const report = reportOf(judged, createPlaceFinder(text), only === undefined ? reviewed : [], { sha256: sha256(text), seconds });
    // A run of a part says nothing about the whole.
    if (only === undefined) write(root, report);
    out(summarise(report));
    if (only === undefined) out("The whole table: review/mutation.md");
    return unexplained(report).length === 0 && report.outdated.length === 0 ? 0 : 1;
  } finally {
    await pool.destroy();
  }
};

/** The suites must agree with the spec as it stands: else they would notice every mutant, and that would prove nothing. */
async function judgeAll(pool: Piscina, mutants: readonly number[]): Promise<Judgement[]> {
  const [now] = (await pool.run(undefined)) as Judgement[];
  const objections = Object.values(now ?? {}).flat();
  if (objections.length > 0) {
    throw new BadInput(
      `The suites must agree with the spec before it is mutated, but ${objections.length} of their cases object: ${objections[0]}`,
    );
  }
  const tasks = Array.from({ length: Math.ceil(mutants.length / mutantsInTask) }, (_, task) =>
    mutants.slice(task * mutantsInTask, (task + 1) * mutantsInTask),
  );
  const bar = progressBar();
  bar.start(mutants.length, 0);
  const results = await Promise.all(
    tasks.map(async (numbers) => {
      const judgements = (await pool.run(numbers)) as Judgement[];
      bar.increment(numbers.length);
      return judgements;
    }),
  ).finally(() => bar.stop());
  return results.flat();
}

/** On a terminal a bar; elsewhere a line now and then. */
function progressBar(): SingleBar {
  const format = "mutants {bar} {value}/{total}, {percentage} %, {duration_formatted} gone, about {eta_formatted} to go";
  return new SingleBar(
    { format, noTTYOutput: true, notTTYSchedule: 10_000, etaBuffer: 200, stream: process.stderr },
    Presets.shades_classic,
  );
}

function write(root: string, report: MutationReport): void {
  mkdirSync(`${root}review`, { recursive: true });
  writeFileSync(root + mutationReportPath, `${JSON.stringify(report, undefined, 2)}\n`);
  writeFileSync(`${root}review/mutation.md`, renderMutation(report));
}
