import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import ts from "typescript";
import { BadInput } from "../tool/bad-input.ts";
import { cloudsPage } from "./clouds-page.ts";
import { errorTable } from "./error-table.ts";
import { errorsPage } from "./errors-page.ts";
import { examplesOf } from "./examples.ts";
import { type Guide, readGuides } from "./guides.ts";
import { guidePage, guidesPage } from "./guides-pages.ts";
import { inputsChecksum } from "./inputs.ts";
import { lifecycleDiagram } from "./lifecycle-diagram.ts";
import { overviewPage } from "./overview-page.ts";
import { readCode } from "./read-code.ts";
import { readSpec, type SpecInput } from "./read-spec.ts";
import { readReadme } from "./readme.ts";
import { referencePage } from "./reference-page.ts";
import { stampName } from "./swap.ts";
import { readTypescriptApi, type TypescriptApi } from "./typescript-api.ts";

const here = "scripts/docs/";
/** Pages of docs/ to which the spec and the code add. */
const ownPages = ["errors", "clouds"];

/** Reads the types and comments of the code: what takes longest. */
export type ReadApi = (root: string, project: string) => Promise<TypescriptApi>;

/** Writes the whole site of a repository into an empty folder. */
export async function buildSite(root: string, folder: string, readApi: ReadApi = readTypescriptApi): Promise<void> {
  const read = (path: string) => readFileSync(root + path, "utf8");
  const { name: project, description: tagline } = JSON.parse(read("package.json")) as { name: string; description: string };
  const readme = readReadme(read("README.md"));
  const guides = readGuides(root);
  const named = (name: string) => {
    const guide = guides.find((one) => one.name === name);
    if (guide === undefined) throw new BadInput(`docs/${name}.md is missing: the docs show it.`);
    return guide;
  };
  const checksum = inputsChecksum(root);
  const [input, facts] = await Promise.all([readSpec(root), readCode(root)]);
  const groups = examplesOf(input.document);
  const diagram = await lifecycleDiagram(facts);
  // Before TypeDoc, which takes longest: whatever is wrong with their sources is told at once.
  const early = pagesWithoutCode(project, input, { groups, guides, named, diagram });
  const api = await readApi(root, project);
  const rows = errorTable(api.project, named("errors"));
  const summaries = {
    guides: "A recording in its order, notifications, crashes, tests, every option: one page for each question.",
    reference: summaryOf(groups.reduce((sum, group) => sum + group.examples.length, 0)),
    errors: `All ${rows.length} codes and ${Object.keys(facts.commsCodes).length} codes of the service: what happened, whether the status is in effect, what to do.`,
    clouds: "Which cloud has the action in which version, at which address, with which permission.",
    typescript: "Every type and function of the package, from the comments in the code.",
  };
  const pages = { ...early, "index.html": overviewPage({ project, tagline, readme, facts, api: api.project, diagram, summaries }) };
  await api.write(`${folder}typescript`);
  const urlOf = (row: (typeof rows)[number]) => api.urlOf(row.reflection);
  const errors = errorsPage({ project, guide: named("errors"), rows, commsCodes: facts.commsCodes, groups, urlOf });
  for (const [path, text] of Object.entries({ ...pages, "errors.html": errors })) writeFileSync(folder + path, text);
  writeAssets(read, folder, input);
  writeFileSync(folder + stampName, `${checksum}\n`);
}

type PagesInput = {
  readonly groups: ReturnType<typeof examplesOf>;
  readonly guides: readonly Guide[];
  readonly named: (name: string) => Guide;
  readonly diagram: string;
};

/** The pages that show nothing of what TypeDoc reads. */
function pagesWithoutCode(project: string, { document, spec }: SpecInput, { groups, guides, named, diagram }: PagesInput) {
  const others = guides.filter(({ name }) => !ownPages.includes(name));
  return {
    "reference.html": referencePage({ project, document, spec, groups }),
    "clouds.html": cloudsPage(project, named("clouds"), document, spec),
    "guides.html": guidesPage(project, guides),
    ...Object.fromEntries(others.map((guide) => [`${guide.name}.html`, guidePage({ project, guide, guides, diagram })])),
  };
}

function summaryOf(examples: number): string {
  return `The OpenAPI document with all its ${examples} examples; in the preview you can try it out.`;
}

function writeAssets(read: (path: string) => string, folder: string, { text }: SpecInput): void {
  const assets = `${folder}assets/`;
  mkdirSync(assets, { recursive: true });
  for (const name of ["top.css", "site.css", "reference.css"]) writeFileSync(assets + name, read(`${here}style/${name}`));
  writeFileSync(
    `${assets}reference.js`,
    ts.transpile(read(`${here}browser/reference.ts`), { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext }),
  );
  // The preview answers this path with the mock's own.
  writeFileSync(`${assets}try-it.js`, tryItScript(undefined));
  writeFileSync(`${folder}openapi.yaml`, text);
  const renderer = `${dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"))}/`;
  // Without the address of the source map: nothing asks for it.
  for (const name of ["swagger-ui-bundle.js", "swagger-ui.css"])
    writeFileSync(assets + name, readFileSync(renderer + name, "utf8").replace(/\n?(\/\/|\/\*)# sourceMappingURL=.*\s*$/, "\n"));
  for (const name of ["swagger-ui-bundle.js.LICENSE.txt", "LICENSE", "NOTICE"])
    cpSync(renderer + name, `${assets}${name.startsWith("swagger") ? name : `swagger-ui-${name}.txt`}`);
}

/** Says whether there is a mock to try requests out on, and at which path. */
export function tryItScript(mock: string | undefined): string {
  return `const tryItMock = ${mock === undefined ? "undefined" : JSON.stringify(mock)};\n`;
}
