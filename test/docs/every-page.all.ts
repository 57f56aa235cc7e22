// `npm run test:all`: what `npm test` looks at for some pages, or in one place, for all of them and in both.
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { join } from "./browser.ts";
import { faultsOf, type Look, looks, pagesOf } from "./looks.ts";

const disk = pathToFileURL(`${inject("folder")}site/`).href;
const preview = inject("previewed").url;
const { ours, theirs } = pagesOf(inject("folder"));
const narrow: Look = { width: 360, colorScheme: "light" };

describe.skipIf(inject("browser") === "")("no fault, no request elsewhere", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await join(inject("browser"));
  });
  afterAll(() => browser?.close());

  test.each([
    ["TypeDoc's pages from the disk, 360 wide", disk, theirs, [narrow], 40],
    ["our pages from the disk, in every way", disk, ours, looks, 4],
    // Each way is the first one somewhere: what depends on the width while a page loads shows at both.
    ["our pages from the preview, in every way", preview, ours, looks.toReversed(), 4],
  ] as const)("%s", async (_, from, names, ways, atLeast) => {
    expect(names.length).toBeGreaterThan(atLeast);
    const addresses = names.map((name) => from + name);
    expect([...(await faultsOf(browser, addresses, ways)).values()].flat()).toEqual([]);
  });
});
