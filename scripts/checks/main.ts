// `npm test`: everything that must hold, side by side where stages do not disturb each other. `-- --only unit,faults` runs some of it.
import { keepCompiledCode } from "../tool/compile-cache.ts";
import { root } from "../tool/root.ts";
import { runTool } from "../tool/run-tool.ts";
import { inTemporaryFolder } from "../tool/temporary-folder.ts";
import { chooseStages } from "./runner/choose-stages.ts";
import { stageText, summaryText } from "./runner/render.ts";
import { runStages } from "./runner/run-stages.ts";
import { startStage } from "./runner/start-stage.ts";
import { stages } from "./stages.ts";

// Many stages start the same programs.
keepCompiledCode();

await runTool(async () => {
  const chosen = chooseStages(stages, process.argv.slice(2));
  const terminal = process.stdout.isTTY === true;
  const began = performance.now();
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => interrupted.abort());

  const results = await inTemporaryFolder((folder) =>
    runStages(chosen, {
      start: (stage) => startStage(stage, { root, folder, terminal }),
      onStart: ({ name, title }) => terminal && console.log(`.. ${name}: ${title}`),
      onEnd: (result) => result.outcome !== "ended" && console.log(stageText(result)),
      signal: interrupted.signal,
    }),
  );
  console.log(summaryText(chosen, results, (performance.now() - began) / 1000));
  const allPassed = results.length === chosen.length && results.every(({ outcome }) => outcome === "passed");
  return interrupted.signal.aborted ? 130 : allPassed ? 0 : 1;
});
