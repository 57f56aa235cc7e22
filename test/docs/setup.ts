// Once for all files of this project: the site that they look at, and a word where there is no browser to look with.
import type { TestProject } from "vitest/node";
import { findBrowser } from "./find-browser.ts";
import { makeTree } from "./tree.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** A copy of the repository in which `npm run docs` was run. */
    folder: string;
    /** The browser, "" where there is none. */
    browser: string;
  }
}

export default async function setup(project: TestProject): Promise<() => void> {
  const browser = findBrowser();
  if (browser === undefined)
    console.warn("\nNo Chromium and no Chrome was found: the tests of the docs in a browser are SKIPPED. CHROMIUM_PATH can name one.\n");
  const tree = makeTree("site");
  const { code, stderr } = await tree.run("docs");
  if (code !== 0) {
    tree.remove();
    throw new Error(`npm run docs failed with ${code}: ${stderr}`);
  }
  project.provide("folder", tree.folder);
  project.provide("browser", browser ?? "");
  return () => tree.remove();
}
