// Once for all files of this project: the site that they look at, a preview of it, and one browser.
import type { BrowserServer } from "playwright-core";
import type { TestProject } from "vitest/node";
import { startBrowser } from "./browser.ts";
import { findBrowser } from "./find-browser.ts";
import { startPreview } from "./start-preview.ts";
import { makeTree, type Tree } from "./tree.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** A copy of the repository in which `npm run docs` was run. */
    folder: string;
    /** Where `npm run preview` serves that site, and what it said. */
    previewed: { readonly url: string; readonly output: string };
    /** Where the browser is told what to do, "" where there is none. */
    browser: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const program = findBrowser();
  if (program === undefined)
    console.warn("\nNo Chromium and no Chrome was found: the tests of the docs in a browser are SKIPPED. CHROMIUM_PATH can name one.\n");
  const tree = makeTree("site");
  const begun = await Promise.allSettled([
    buildIn(tree).then(() => startPreview(tree.folder)),
    program === undefined ? undefined : startBrowser(program),
  ]);
  const [preview, browser] = begun;
  const end = async () => {
    await Promise.all([got(preview)?.stop(), got<BrowserServer | undefined>(browser)?.close()]);
    tree.remove();
  };
  const failed = begun.find((one) => one.status === "rejected");
  if (failed !== undefined || preview.status === "rejected") {
    await end();
    throw failed?.reason;
  }
  project.provide("folder", tree.folder);
  project.provide("previewed", { url: preview.value.url, output: preview.value.output() });
  project.provide("browser", got<BrowserServer | undefined>(browser)?.wsEndpoint() ?? "");
  return end;
}

async function buildIn(tree: Tree): Promise<void> {
  const { code, stdout, stderr } = await tree.run("docs");
  if (code !== 0 || stderr !== "") throw new Error(`npm run docs failed with ${code}: ${stderr}`);
  if (!/^site\/ written: \d+ files, [\d.]+ MB, in [\d.]+ s\.\nOpen site\/index\.html in a browser, or run `npm run preview` /.test(stdout))
    throw new Error(`npm run docs says something else: ${stdout}`);
}

function got<T>(result: PromiseSettledResult<T>): T | undefined {
  return result.status === "fulfilled" ? result.value : undefined;
}
