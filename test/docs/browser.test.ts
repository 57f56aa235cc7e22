// The site in a real browser: light and dark, wide and narrow. From the preview: try-it.test.ts; every page in both ways: every-page.all.ts.
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { parse } from "yaml";
import { whenAll } from "../support/when-all.ts";
import { join, overflow, visit, type Watched, watch } from "./browser.ts";
import { faultsIn, faultsOf, nameOf, pagesOf, twoLooks } from "./looks.ts";
import { findExamples } from "./spec-examples.ts";
import { openTree } from "./tree.ts";

const tree = openTree(inject("folder"));
const { url: preview } = inject("previewed");
const disk = pathToFileURL(`${tree.folder}site/`).href;
const { ours, theirs } = pagesOf(tree.folder);
const kindsOfTheirs = [...Map.groupBy(theirs, (name) => name.split("/")[1]).values()];

describe.skipIf(inject("browser") === "")("in a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await join(inject("browser"));
  });
  afterAll(() => browser?.close());

  describe("our pages from the disk", () => {
    let faults: Map<string, string[]>;
    beforeAll(async () => {
      faults = await faultsOf(
        browser,
        // The reference takes a second to draw itself: it is looked at below.
        ours.filter((name) => name !== "reference.html").map((name) => disk + name),
        twoLooks,
      );
    });

    test.each(twoLooks.map(nameOf))("%s: no fault, no request elsewhere", (look) => {
      expect(faults.get(look)).toEqual([]);
    });
  });

  whenAll(() => {
    test("TypeDoc's pages: one of each kind has no fault 1280 wide", async () => {
      expect(theirs.length).toBeGreaterThan(40);
      const oneOfEach = kindsOfTheirs.flatMap((names) => names.slice(0, 1));
      expect(oneOfEach.length).toBeGreaterThan(5);
      const addresses = oneOfEach.map((name) => preview + name);
      const faults = await faultsOf(browser, addresses, [{ width: 1280, colorScheme: "dark" }]);
      expect([...faults.values()]).toEqual([[]]);
    });
  });

  test("the colours follow the reader's", async () => {
    const watched = await watch(browser, { colorScheme: "light" });
    const ground = () => watched.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await visit(watched, `${disk}index.html`);
    const grounds = [await ground()];
    await watched.page.emulateMedia({ colorScheme: "dark" });
    await visit(watched, `${disk}index.html`);
    grounds.push(await ground());
    await watched.close();
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
      // Everything that can be opened: each could be clicked, but they are clicked at once, for Swagger UI takes most of a second to draw itself anew.
      const count = await watched.page.locator(".opblock").count();
      for (let index = 0; index < count; index++) await watched.page.locator(".opblock-summary-control").nth(index).click({ trial: true });
      await watched.page.locator(".opblock-summary-control").evaluateAll((all) => {
        for (const one of all) (one as HTMLElement).click();
      });
      await watched.page
        .locator(".opblock-body")
        .nth(count - 1)
        .waitFor();
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

    test.each(twoLooks)("$width wide, $colorScheme: no fault", async (look) => {
      expect(await faultsIn(watched, look)).toEqual([]);
    });

    test("from the disk nothing can be sent, and it says how", async () => {
      expect(await watched.page.locator("button.execute, button.try-out__btn").count()).toBe(0);
      expect(await watched.page.locator("#try-it-off").innerText()).toContain("npm run preview");
      expect(await watched.page.locator("#try-it-on").isVisible()).toBe(false);
    });
  });
});
