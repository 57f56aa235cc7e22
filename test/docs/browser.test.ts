// The site in a real browser: from the disk and from the preview, light and dark, wide and narrow.
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { parse } from "yaml";
import { launch, overflow, visit, type Watched, watch } from "./browser.ts";
import { findExamples } from "./spec-examples.ts";
import { type Preview, startPreview } from "./start-preview.ts";
import { filesIn, openTree } from "./tree.ts";

const program = inject("browser");
const tree = openTree(inject("folder"));
const disk = pathToFileURL(`${tree.folder}site/`).href;
const pages = filesIn(`${tree.folder}site/`).filter((file) => file.endsWith(".html"));
const ours = [...pages.filter((file) => !file.startsWith("typescript/")), "typescript/index.html"];
const theirs = pages.filter((file) => !ours.includes(file));

describe.skipIf(program === "")("in a browser", () => {
  let browser: Browser;
  let preview: Preview;
  beforeAll(async () => {
    [browser, preview] = await Promise.all([launch(program), startPreview(tree.folder)]);
  });
  afterAll(async () => {
    await Promise.all([browser?.close(), preview?.stop()]);
  });

  /** What is wrong with pages when they are looked at one after the other. */
  async function faultsOf(
    names: readonly string[],
    from: "disk" | "preview",
    width: number,
    colorScheme: "light" | "dark",
  ): Promise<string[]> {
    const watched = await watch(browser, { viewport: { width, height: 900 }, colorScheme });
    const faults: string[] = [];
    try {
      for (const name of names) {
        await visit(watched, (from === "disk" ? disk : preview.url) + name);
        const beyond = await overflow(watched);
        if (beyond > 0) faults.push(`${name} scrolls sideways by ${beyond}`);
        if ((await watched.page.locator("h1").count()) !== 1) faults.push(`${name} has not one h1`);
        if ((await watched.page.locator("h1").innerText()).trim() === "") faults.push(`${name} has an empty h1`);
      }
      return [...faults, ...watched.problems, ...watched.abroad.map((url) => `left the machine: ${url}`)];
    } finally {
      await watched.close();
    }
  }

  const ways = (["disk", "preview"] as const).flatMap((from) =>
    [360, 1280].flatMap((width) => (["light", "dark"] as const).map((scheme) => ({ from, width, scheme }))),
  );

  test.each(ways)("our pages from the $from, $width wide, $scheme: no fault, no request elsewhere", async ({ from, width, scheme }) => {
    expect(await faultsOf(ours, from, width, scheme)).toEqual([]);
  });

  test("TypeDoc's pages from the disk, 360 wide: no fault, no request elsewhere", async () => {
    expect(theirs.length).toBeGreaterThan(40);
    expect(await faultsOf(theirs, "disk", 360, "light")).toEqual([]);
  });

  test("TypeDoc's pages from the preview: all are the same files, and one of each kind has no fault 1280 wide", async () => {
    for (const name of theirs) expect(await (await fetch(preview.url + name)).text(), name).toBe(tree.read(`site/${name}`));
    const oneOfEach = [...Map.groupBy(theirs, (name) => name.split("/")[1]).values()].flatMap((names) => names.slice(0, 1));
    expect(oneOfEach.length).toBeGreaterThan(5);
    expect(await faultsOf(oneOfEach, "preview", 1280, "dark")).toEqual([]);
  });

  test("the colours follow the reader's", async () => {
    const grounds = await Promise.all(
      (["light", "dark"] as const).map(async (colorScheme) => {
        const watched = await watch(browser, { colorScheme });
        await visit(watched, `${disk}index.html`);
        const ground = await watched.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        await watched.close();
        return ground;
      }),
    );
    expect(grounds).toEqual(["rgb(255, 255, 255)", "rgb(18, 20, 25)"]);
  });

  test("by keyboard: the first stop skips to the content, and what has the focus is outlined", async () => {
    const watched = await watch(browser);
    await visit(watched, `${disk}errors.html`);
    const focused = () =>
      watched.page.evaluate(() => {
        const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement as Element);
        return [document.activeElement?.getAttribute("href"), outlineStyle, outlineWidth];
      });
    await watched.page.keyboard.press("Tab");
    expect(await focused()).toEqual(["#main", "solid", "2px"]);
    await watched.page.keyboard.press("Tab");
    expect(await focused()).toEqual(["index.html", "solid", "2px"]);
    await watched.close();
  });

  describe("the reference", () => {
    let watched: Watched;
    beforeAll(async () => {
      watched = await watch(browser, { viewport: { width: 360, height: 900 } });
      await visit(watched, `${disk}reference.html`);
      // Everything that can be opened.
      const count = await watched.page.locator(".opblock").count();
      for (let index = 0; index < count; index++) await watched.page.locator(".opblock-summary-control").nth(index).click();
      expect(await watched.page.locator(".opblock-body").count()).toBe(count);
      await watched.page.locator(".models-control").click();
    });
    afterAll(() => watched?.close());

    const examples = findExamples(parse(tree.read("openapi/recording-status.yaml"), { maxAliasCount: 1000 }));

    test("the walk found them all", () => expect(examples.length).toBeGreaterThan(100));

    test("shows every example of the spec, with its name, its value, and what it belongs to", async () => {
      const shown = await watched.page.locator("figure.example").evaluateAll((figures) =>
        figures.map((figure) => ({
          name: figure.getAttribute("data-example"),
          visible:
            figure.checkVisibility() && figure.querySelector("figcaption")?.textContent?.includes(`${figure.getAttribute("data-example")}`),
          text: figure.querySelector("pre")?.textContent ?? "",
          around: figure.closest("article")?.querySelector(".uses")?.textContent ?? "",
        })),
      );
      const missing = examples.filter(({ name, value, operationId, status }) => {
        const text = typeof value === "string" ? value : JSON.stringify(value, undefined, 2);
        const use = new RegExp(`\\b${operationId}\\b${status === undefined ? "" : `[^;]*\\b${status}\\b`}`);
        return !shown.some((figure) => figure.visible === true && figure.name === name && figure.text === text && use.test(figure.around));
      });
      expect(missing).toEqual([]);
    });

    test("lets every example of a body be selected in Swagger UI", async () => {
      const bodies = examples.filter(({ place }) => place.includes(" responses ") && place.includes(" content "));
      const offered = await watched.page
        .locator(".opblock tr.response")
        .evaluateAll((rows) =>
          rows.flatMap((row) =>
            [...row.querySelectorAll(".examples-select option")].map((option) =>
              [row.closest(".opblock")?.id.split("-").at(-1), row.getAttribute("data-code"), option.getAttribute("value")].join(" "),
            ),
          ),
        );
      expect(
        bodies.map(({ operationId, status, name }) => `${operationId} ${status} ${name}`).filter((body) => !offered.includes(body)),
      ).toEqual([]);
    });

    test("with everything open it does not scroll sideways, and asks for nothing elsewhere", async () => {
      expect([await overflow(watched), watched.problems, watched.abroad]).toEqual([0, [], []]);
    });

    test("from the disk nothing can be sent, and it says how", async () => {
      expect(await watched.page.locator("button.execute, button.try-out__btn").count()).toBe(0);
      expect(await watched.page.locator("#try-it-off").innerText()).toContain("npm run preview");
      expect(await watched.page.locator("#try-it-on").isVisible()).toBe(false);
    });
  });
});
