// `npm run test:soak`: the model of a recording's life over many more runs than `npm test` makes. `-- --runs 20000 --seed 7` sets them.
import { parseArgs } from "node:util";
import { run } from "../tool/run.ts";

const { values } = parseArgs({ options: { runs: { type: "string", default: "100000" }, seed: { type: "string" } } });
const env = { SOAK_RUNS: values.runs, ...(values.seed === undefined ? {} : { SOAK_SEED: values.seed }) };
process.exitCode = await run("vitest", ["run", "--project", "lifecycle", "test/lifecycle/model.test.ts"], env);
