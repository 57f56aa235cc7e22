// `npm run test:readme`: every TypeScript block of README.md and docs/, and every `@example` of src/, compiles as a consumer's file would; those that
// have the name of a file are run, and every link leads somewhere, in the package too.
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { root } from "../tool/root.ts";
import { run } from "../tool/run.ts";
import { freshDist } from "./fresh-dist.ts";
import { judgeRecipes } from "./judge-recipes.ts";
import { deadLinks } from "./pages/links.ts";
import { readExamples } from "./pages/read-examples.ts";
import { readPages, wholeFile } from "./pages/read-pages.ts";
import { runBlocks } from "./pages/run-blocks.ts";

const folder = `${root}.readme/`;
const pages = readPages(root);
/** What is copied; `project/bot.js` is only what its test tests. */
const recipes = globSync("examples/recipes/{*.{ts,py},project/{*.ts,jest.config.js,*.test.js}}", { cwd: root })
  .map((path) => path.replaceAll("\\", "/"))
  .sort();
const recipeTexts = new Map(recipes.map((path) => [path, readFileSync(root + path, "utf8")]));
/** The recipes are compiled as the files that they are. */
const isOwn = (code: string) => ![...recipeTexts.values()].includes(code);
const blocks = pages.flatMap((page) =>
  page.blocks.filter(({ language, code }) => language === "ts" && isOwn(code)).map((block) => ({ page, block })),
);
const docstrings = readExamples(root);
// By name: beside them lie the files that are run.
const tsconfig = {
  extends: "../test/types/tsconfig.json",
  files: [...blocks.map(({ block }) => block.name), ...docstrings.keys()],
  // The declarations themselves are what `npm run test:types` looks at.
  compilerOptions: { skipLibCheck: true },
  include: [],
  exclude: [],
};
const examples = ["azure-identity.ts", "notifications.ts", "crash-safe.ts", "shared-journal.ts"].map((name) => `examples/${name}`);
/** A page that nobody reads to its end at two in the morning. */
const longestReadme = 300;

async function compile(): Promise<string[]> {
  for (const { page, block } of blocks) writeFileSync(folder + block.name, `${wholeFile(block, page.blocks)}export {};\n`);
  for (const [name, code] of docstrings) writeFileSync(folder + name, code);
  writeFileSync(`${folder}tsconfig.json`, JSON.stringify(tsconfig));
  const code = await run("node", ["node_modules/typescript7/bin/tsc", "-p", ".readme/tsconfig.json", "--singleThreaded"]);
  return code === 0
    ? []
    : ["A block does not compile: the name of the file is its page and its number there, or that of the file in src/."];
}

async function main(): Promise<string[]> {
  const { files } = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as { files: string[] };
  const [compiled, ran] = await Promise.all([compile(), runBlocks(pages, folder)]);
  const held = new Set(blocks.map(({ block }) => block.code));
  const lines = pages[0]?.text.split("\n").length ?? 0;
  return [
    ...compiled,
    ...ran,
    ...judgeRecipes(readFileSync(`${root}docs/recipes.md`, "utf8"), recipeTexts),
    ...deadLinks(pages, { root, packed: files }),
    ...examples.filter((path) => !held.has(readFileSync(root + path, "utf8"))).map((path) => `No page holds ${path} as it is.`),
    ...(lines > longestReadme + 1 ? [`README.md has ${lines - 1} lines, and may have ${longestReadme}.`] : []),
  ];
}

await freshDist();
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
try {
  const problems = await main();
  for (const problem of problems) console.error(problem);
  const runs = blocks.filter(({ block }) => block.file !== undefined || block.within !== undefined).length;
  if (problems.length === 0)
    console.log(
      `ok: ${pages.length} pages, ${blocks.length} blocks and ${docstrings.size} examples in src/ compile, ${runs} were run, ${recipes.length} recipes`,
    );
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
