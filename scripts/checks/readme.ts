// `npm run test:readme`: every TypeScript block of the README compiles as a consumer's file would, and the one that needs nothing is run. The page of
// recipes holds the files that the type check and the tests of the recipes look at.
import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { root } from "../tool/root.ts";
import { run } from "../tool/run.ts";
import { freshDist } from "./fresh-dist.ts";
import { judgeRecipes } from "./judge-recipes.ts";

const folder = `${root}.readme/`;
const readme = readFileSync(`${root}README.md`, "utf8");
const blocks = [...readme.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code as string);
const tsconfig = { extends: "../test/types/tsconfig.json", include: ["*.ts"], exclude: [] };

/** What is copied; `project/bot.js` is only what its test tests. */
const recipes = globSync("examples/recipes/{*.{ts,py},project/{*.ts,jest.config.js,*.test.js}}", { cwd: root })
  .map((path) => path.replaceAll("\\", "/"))
  .sort();

/** What the fake's block prints when it is run. */
const expected = "transcript []";

async function main(): Promise<string[]> {
  const problems: string[] = [];
  for (const [index, code] of blocks.entries()) writeFileSync(`${folder}${index + 1}.ts`, `${code}export {};\n`);
  writeFileSync(`${folder}tsconfig.json`, JSON.stringify(tsconfig));
  if ((await run("node", ["node_modules/typescript7/bin/tsc", "-p", ".readme/tsconfig.json"])) !== 0)
    problems.push("A block does not compile: the number is its place in README.md.");
  const examples = ["azure-identity.ts", "notifications.ts", "crash-safe.ts", "shared-journal.ts"].map((name) => `examples/${name}`);
  for (const example of examples)
    if (!blocks.includes(readFileSync(root + example, "utf8"))) problems.push(`README.md does not hold ${example} as it is.`);
  const fake = blocks.findIndex((code) => code.includes("createFakeGraph"));
  const { stdout, stderr } = spawnSync("node", [`${folder}${fake + 1}.ts`], { encoding: "utf8", timeout: 30_000 });
  const printed = stdout.trim();
  if (printed !== expected)
    problems.push(`The block with createFakeGraph printed ${JSON.stringify(printed)} instead of ${JSON.stringify(expected)}. ${stderr}`);
  const files = new Map(recipes.map((path) => [path, readFileSync(root + path, "utf8")]));
  problems.push(...judgeRecipes(readFileSync(`${root}docs/recipes.md`, "utf8"), files));
  return problems;
}

await freshDist();
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
try {
  const problems = await main();
  for (const problem of problems) console.error(problem);
  if (problems.length === 0) console.log(`ok: ${blocks.length} blocks compile, one was run, ${recipes.length} recipes`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
