import { expect, test } from "vitest";
import { runStages } from "../../scripts/checks/runner/run-stages.ts";
import type { Result, Stage } from "../../scripts/checks/runner/stage.ts";
import { build, docs, failed, faults, lint, passed, planted, types } from "./planted-stages.ts";

/** Runs stages that end when the test says so; `log` has what began, what was ended, and what was told. */
function play(stages: readonly Stage[]) {
  const log: string[] = [];
  const waiting = new Map<Stage, (result: Result) => void>();
  const interrupted = new AbortController();
  const start = (stage: Stage) => {
    const { promise, resolve } = Promise.withResolvers<Result>();
    waiting.set(stage, resolve);
    const end = () => {
      log.push(`end ${stage.name}`);
      resolve(failed(stage));
    };
    return { finished: promise, end };
  };
  const results = runStages(stages, {
    start,
    onStart: ({ name }) => log.push(`start ${name}`),
    onEnd: ({ stage, outcome }) => log.push(`${outcome} ${stage.name}`),
    signal: interrupted.signal,
  });
  const finish = async (result: Result) => {
    waiting.get(result.stage)?.(result);
    await new Promise<void>((resolve) => setImmediate(resolve));
  };
  return { log, finish, results, abort: () => interrupted.abort() };
}

test("two lanes side by side; what waits for another comes after it", async () => {
  const { log, finish, results } = play(planted);
  for (const stage of [lint, build, docs, types, faults]) await finish(passed(stage));
  expect((await results).map(({ outcome }) => outcome)).toEqual(["passed", "passed", "passed", "passed", "passed"]);
  expect(log).toEqual(
    "start lint,start docs,passed lint,start build,passed build,start types,passed docs,start faults,passed types,passed faults".split(","),
  );
});

test("the first failure ends what runs, and nothing more starts", async () => {
  const { log, finish, results } = play(planted);
  await finish(failed(lint));
  expect((await results).map(({ stage, outcome, counts }) => [stage.name, outcome, counts.failed])).toEqual([
    ["lint", "failed", 1],
    ["docs", "ended", 0],
  ]);
  expect(log).toEqual(["start lint", "start docs", "failed lint", "end docs", "ended docs"]);
});

test("an interruption ends all that runs", async () => {
  const { log, abort, results } = play(planted);
  abort();
  expect((await results).map(({ outcome }) => outcome)).toEqual(["ended", "ended"]);
  expect(log).toEqual(["start lint", "start docs", "end lint", "end docs", "ended lint", "ended docs"]);
});
