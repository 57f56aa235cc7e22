// `npm run test:types`: what must compile and what must not, as consumers see it: from dist/, by TypeScript 5 and 7, strict and loose, and by the
// oldest TypeScript that README.md names. `npm test` leaves out the newest TypeScript 5 (`--quick`): it asks the oldest of it, and 7.
// Besides, not in `npm test`, the packed tarball is installed into empty projects and compiled by each TypeScript from the oldest to 7.
import { run } from "../tool/run.ts";
import { runTool, type Tool } from "../tool/run-tool.ts";
import { freshDist } from "./fresh-dist.ts";
import { compileMatrix } from "./types/compile-matrix.ts";

const strict = "test/types/tsconfig.json";
const loose = "test/types/tsconfig.loose.json";
const quick = process.argv.includes("--quick");
const checks: readonly (readonly [compiler: string, project: string])[] = [
  ...(quick
    ? []
    : ([
        ["typescript", strict],
        ["typescript", loose],
      ] as const)),
  ["typescript7", strict],
  ["typescript7", loose],
  ["typescript-oldest", "test/types/tsconfig.oldest.json"],
];

await freshDist();
const codes = await Promise.all(
  checks.map(async ([compiler, project]) => {
    // Only 7 has threads, each of which works out the types that they share.
    const flags = compiler === "typescript7" ? ["--singleThreaded"] : [];
    const code = await run("node", [`node_modules/${compiler}/bin/tsc`, "-p", project, ...flags]);
    console.log(`${code === 0 ? "ok" : "FAILED"}: ${project} with ${compiler}`);
    return code;
  }),
);
const matrix: Tool = async ({ out }) => ((await compileMatrix(out)) ? 0 : 1);
if (!quick) await runTool(matrix);
process.exitCode = codes.find((code) => code !== 0) ?? process.exitCode ?? 0;
