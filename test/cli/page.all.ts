// The page of `fake`, in a real browser: what a person sees and does there, with the mouse and with the keyboard alone.
import type { Browser, BrowserServer } from "playwright-core";
import { createRecordingClient } from "teams-recording-status";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { join, overflow, startBrowser, type Watched, watch } from "../docs/browser.ts";
import { findBrowser } from "../docs/find-browser.ts";
import { callId, isFree, start } from "./invoke.ts";

const program = findBrowser();
if (program === undefined)
  console.warn("\nNo Chromium and no Chrome was found: the tests of the fake's page are SKIPPED. CHROMIUM_PATH can name one.\n");
const sizes = [
  { width: 1280, height: 900 },
  { width: 400, height: 800 },
  { width: 320, height: 600 },
];

describe.skipIf(program === undefined)("in a browser", { timeout: 60_000 }, () => {
  let server: BrowserServer;
  let browser: Browser;
  beforeAll(async () => {
    server = await startBrowser(program as string);
    browser = await join(server.wsEndpoint());
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  async function open(args = `--call ${callId}`, options: Parameters<typeof watch>[1] = {}) {
    const fake = await start(`fake ${args}`);
    const watched = await watch(browser, options);
    await watched.page.goto(fake.url);
    await watched.page.locator("#alive.on").waitFor();
    const credential = { getToken: async () => ({ token: "any", expiresOnTimestamp: Date.now() + 3_600_000 }) };
    const graph = createRecordingClient({ baseUrl: `${fake.url}/v1.0`, credential, retry: { limit: 0 } });
    const report = (status: "recording" | "notRecording", id = callId) =>
      graph.updateRecordingStatus(id, { status }).then(
        (operation) => operation.status,
        (error) => error.commsCode ?? error.status,
      );
    const call = watched.page.locator("article").first();
    const lines = () => call.locator("li span").allInnerTexts();
    return { ...fake, ...watched, watched, report, call, lines };
  }

  const isQuiet = ({ problems, abroad }: Watched) => expect([problems, abroad]).toEqual([[], []]);

  test("a call's timeline is live, and a person lets the next report fail and ends the call", async () => {
    const { call, lines, report, watched, close } = await open();
    await call.getByLabel("Next report").selectOption({ label: "403, 8506: not a policy-recording call" });
    await call.getByRole("button", { name: "Set" }).click();
    await call.getByText("Next: 403, 8506: not a policy-recording call").waitFor();
    expect([await report("recording"), await report("recording")]).toEqual([8506, "completed"]);
    await expect
      .poll(lines)
      .toEqual(["reports recording, which does not take effect", "recording is refused", "reports recording", "recording is completed"]);
    expect(await call.locator(".status").innerText()).toContain("recording");
    await call.getByRole("button", { name: "End call" }).click();
    await expect.poll(() => call.locator(".status").innerText()).toBe("the call is over");
    expect(await report("notRecording")).toBe(8522);
    isQuiet(watched);
    await close();
  });

  test("with the keyboard alone a call is added, and an operation that is pending is ended", async () => {
    const { page, call, report, lines, watched, close } = await open("");
    await page.getByText("No call yet.").waitFor();
    await page.getByLabel("Call id").focus();
    await page.keyboard.type("my-call");
    await page.keyboard.press("Enter");
    await call.getByRole("heading", { name: "my-call" }).waitFor();
    await page.keyboard.press("Tab"); // the button
    await page.keyboard.press("Tab");
    await page.keyboard.type("200, running, until");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await call.getByText("Next: 200, running, until you say more").waitFor();
    // It is drawn anew under the keyboard: the focus stays.
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Set");
    expect(await report("recording", "my-call")).toBe("running");
    await call.getByRole("button", { name: "has completed" }).waitFor();
    await call.getByRole("button", { name: "has completed" }).focus();
    await page.keyboard.press("Space");
    await expect.poll(async () => await call.getByRole("button", { name: "has completed" }).isVisible()).toBe(false);
    expect((await lines())[1]).toBe("recording is not final yet");
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
    expect(await focused()).toBe("Call my-call");
    await call.getByRole("button", { name: "End call" }).press("Enter");
    await expect.poll(focused).toBe("Call my-call");
    isQuiet(watched);
    await close();
  });

  test("violations stand there in the words of the monitor, counted at the top, and text from a bot is text", async () => {
    const { page, url, watched, close } = await open();
    const chunk = "<img src=x onerror=alert(1)>";
    await fetch(`${url}/note`, { method: "POST", body: JSON.stringify({ type: "persisted", callId, chunk }) });
    await page.getByRole("link", { name: "1 violation" }).waitFor();
    expect(await page.locator(".violations li").innerText()).toMatch(/was persisted before Graph confirmed the recording/);
    expect(await page.locator("li span").first().innerText()).toContain(chunk);
    expect(await page.locator("main img").count()).toBe(0);
    isQuiet(watched);
    await close();
  });

  test("what is wrong with an id is said, and the page says when the fake was stopped", async () => {
    const { page, interrupt, code, url, problems, close } = await open();
    await page.getByLabel("Call id").fill(callId);
    await page.getByRole("button", { name: "Add a call" }).click();
    await page.getByRole("alert").getByText("There is such a call already").waitFor();
    expect(problems.filter((problem) => !problem.includes("400"))).toEqual([]);
    interrupt();
    await page.getByText("the fake was stopped").waitFor();
    expect([await code, await isFree(url)]).toEqual([0, true]);
    await close();
  });

  for (const viewport of sizes) {
    for (const colorScheme of ["light", "dark"] as const) {
      test(`at ${viewport.width}, ${colorScheme}: nothing scrolls sideways, and all can be read`, async () => {
        const { call, report, watched, page, close, url } = await open(`--call ${callId} --call ${"long".repeat(40)}`, {
          viewport,
          colorScheme,
        });
        await fetch(`${url}/note`, { method: "POST", body: JSON.stringify({ type: "persisted", callId, chunk: "w".repeat(300) }) });
        await report("recording");
        await page.locator("li.good").first().waitFor();
        expect(await overflow(watched)).toBeLessThanOrEqual(0);
        await call.waitFor();
        expect(await page.evaluate(weakContrasts)).toEqual([]);
        isQuiet(watched);
        await close();
      });
    }
  }
});

/** Texts with less contrast than WCAG 2.2 asks for (1.4.3: 4.5 to 1). Runs in the page. */
function weakContrasts(): string[] {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true }) as CanvasRenderingContext2D;
  const rgba = (color: string) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data] as [number, number, number, number];
  };
  const luminance = (color: string) => {
    const [r, g, b] = rgba(color)
      .slice(0, 3)
      .map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4)) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paperOf = (element: Element | null): string => {
    if (element === null) return getComputedStyle(document.body).backgroundColor;
    const { backgroundColor } = getComputedStyle(element);
    return rgba(backgroundColor)[3] === 255 ? backgroundColor : paperOf(element.parentElement);
  };
  const texts = [...document.querySelectorAll("body *")].filter(
    (element) =>
      [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()) &&
      element.getClientRects().length > 0 &&
      !(element as HTMLButtonElement).disabled &&
      !["SCRIPT", "STYLE", "OPTION"].includes(element.tagName),
  );
  return texts.flatMap((element) => {
    const [ink, paper] = [luminance(getComputedStyle(element).color), luminance(paperOf(element))];
    const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    return ratio >= 4.5 ? [] : [`${element.tagName} ${element.textContent?.slice(0, 30)}: ${ratio.toFixed(2)}`];
  });
}
