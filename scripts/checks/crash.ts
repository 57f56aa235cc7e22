// `npm run test:crash`: bots that are killed, many more than `npm test` kills. `-- --runs 50 --seed 7` sets them. The output names the seed.
import { parseArgs } from "node:util";
import { run } from "../tool/run.ts";

const { values } = parseArgs({ options: { runs: { type: "string", default: "300" }, seed: { type: "string" } } });
const seed = values.seed ?? String(Math.floor(Math.random() * 2 ** 31));
const crashes = ["run", "--project", "journal", "--reporter=verbose", "test/journal/crash.test.ts"];
process.exitCode = await run("vitest", crashes, { CRASH_RUNS: values.runs, CRASH_SEED: seed });
