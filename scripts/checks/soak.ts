// `npm run test:soak`: the model of a recording's life over many more runs than `npm test` makes, on every core. `-- --runs 20000 --seed 7`
// sets them. Each core has a seed of its own, counted up from the first; the output names it, and SOAK_RUNS and SOAK_SEED repeat one share.
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { run } from "../tool/run.ts";

const { values } = parseArgs({ options: { runs: { type: "string", default: "100000" }, seed: { type: "string" } } });
const runs = Number(values.runs);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const shares = Math.max(1, Math.min(availableParallelism(), runs));

const model = ["run", "--project", "outside", "test/outside/model.test.ts"];
const codes = await Promise.all(
  Array.from({ length: shares }, (_, share) => {
    const own = Math.floor(runs / shares) + (share < runs % shares ? 1 : 0);
    return run("vitest", model, { SOAK_RUNS: String(own), SOAK_SEED: String(seed + share) });
  }),
);
process.exitCode = codes.find((code) => code !== 0) ?? 0;
