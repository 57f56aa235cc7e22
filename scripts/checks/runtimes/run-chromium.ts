import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";
import { bundleFor } from "./bundle-for.ts";
import type { Result, Suite } from "./suite.ts";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The browser that the tests of the docs use too. */
export function findChromium(): string | undefined {
  const paths = (process.env.PATH ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [process.env.CHROMIUM_PATH, ...paths].find((path) => path !== undefined && path !== "" && existsSync(path));
}

/** The suite in a page: nothing of Node is there. */
export async function runChromium({ folder, url }: Suite, program: string): Promise<{ results: Result[]; version: string }> {
  await bundleFor("browser", join(folder, "smoke.js"), join(folder, "page-bundle.js"));
  const browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage();
    await page.goto(url);
    const results = await page.evaluate(`import("${url}/bundle.js").then(({ smoke }) => smoke("${url}"))`);
    return { results: results as Result[], version: browser.version() };
  } finally {
    await browser.close();
  }
}
