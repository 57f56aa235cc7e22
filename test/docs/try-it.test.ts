// "Try it out" in the preview: what is sent goes to the mock, and its answer is shown.
import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { parse } from "yaml";
import { whenAll } from "../support/when-all.ts";
import { join, overflow, visit, type Watched, watch } from "./browser.ts";
import { openTree } from "./tree.ts";

const tree = openTree(inject("folder"));
const { components } = parse(tree.read("openapi/recording-status.yaml"), { maxAliasCount: 1000 });
const documented = components.responses.RecordingStatusUpdated.content["application/json"].examples.documented.value;

describe.skipIf(inject("browser") === "")("in a browser", () => {
  let browser: Browser;
  let watched: Watched;
  // Swagger UI takes a second to load: one page for all, and what a test changes in it is put back.
  beforeAll(async () => {
    browser = await join(inject("browser"));
    watched = await watch(browser, { viewport: { width: 1280, height: 900 } });
    await visit(watched, `${inject("previewed").url}reference.html`);
  });
  beforeEach(() => {
    watched.problems.length = 0;
    watched.abroad.length = 0;
  });
  afterAll(async () => {
    await watched?.close();
    await browser?.close();
  });

  async function open(operation: string): Promise<Locator> {
    const block = watched.page.locator(`.opblock[id$="-${operation}"]`);
    if ((await block.locator(".opblock-body").count()) === 0) await block.locator(".opblock-summary-control").click();
    await block.locator("button.execute").waitFor();
    return block;
  }

  /** Executes, and reads what the page then shows of the answer. */
  async function execute(block: Locator): Promise<{ status: number; body: unknown; headers: string }> {
    const answered = watched.page.waitForResponse((response) => response.url().includes("/mock/"));
    await block.locator("button.execute").click();
    const answer = await answered;
    const live = block.locator(".live-responses-table .response");
    const shown = async () => ({
      status: Number((await live.locator(".response-col_status").innerText()).trim().split("\n")[0]),
      body: JSON.parse(await live.locator(".response-col_description pre").first().innerText()),
    });
    // Until then the answer before it may still be there.
    await expect.poll(shown, { timeout: 30_000 }).toEqual({ status: answer.status(), body: await answer.json() });
    return { ...(await shown()), headers: await live.locator(".response-col_description pre").last().innerText() };
  }

  test("sends at once, with a token that says that it is a dummy, and shows the documented answer", async () => {
    expect(await watched.page.locator("#token").inputValue()).toBe("dummy-token");
    expect(await watched.page.locator("#try-it-on").innerText()).toContain("A dummy");
    const { status, body, headers } = await execute(await open("updateRecordingStatus"));
    expect([status, body]).toEqual([200, documented]);
    expect(headers).toContain("location: https://graph.microsoft.com/v1.0/communications/calls/");
    expect([watched.problems, watched.abroad]).toEqual([[], []]);
  });

  // `npm run test:all` chooses each of them; what the mock answers is the contract tests' matter.
  const isAll = process.env.TEST_ALL === "1";
  test(`shows ${isAll ? "any answer" : "an answer"} that is chosen, 8506 among them`, async () => {
    const block = await open("updateRecordingStatus");
    const choice = block.locator('tr[data-param-name="Prefer"] select');
    const options = await choice.locator("option").evaluateAll((all) => all.map((option) => (option as HTMLOptionElement).value));
    const all = options.filter((option) => option !== "");
    expect(all.length).toBeGreaterThan(15);
    const known = "code=403, example=notPolicyRecordingCall";
    const answers = isAll ? all : [known];
    for (const answer of answers) {
      const [, code, name = ""] = /^code=(\d+), example=(\w+)$/.exec(answer) ?? [];
      await choice.selectOption(answer);
      const { status, body } = await execute(block);
      const media = Object.values(
        components.responses as Record<string, { content: Record<string, { examples: Record<string, unknown> }> }>,
      );
      const named = media.map(({ content }) => content["application/json"]?.examples[name]).find((example) => example !== undefined);
      const { $ref } = named as { $ref?: string };
      const value = $ref === undefined ? (named as { value: unknown }).value : components.examples[$ref.split("/").at(-1) ?? ""].value;
      expect([answer, status]).toEqual([answer, Number(code)]);
      expect(body).toEqual(value);
    }
    await choice.selectOption("");
    expect(answers).toContain(known);
    expect(watched.abroad).toEqual([]);
  });

  test("without a token the mock refuses", async () => {
    const token = watched.page.locator("#token");
    const dummy = await token.inputValue();
    await token.fill("");
    const { status } = await execute(await open("updateRecordingStatus"));
    await token.fill(dummy);
    expect(status).toBe(401);
  });

  test(`reads an operation back${isAll ? ", and reports by the path of old" : ""}: all go to the mock`, async () => {
    for (const operation of isAll ? ["getCallOperation", "updateRecordingStatusOnApp"] : ["getCallOperation"])
      expect((await execute(await open(operation))).status).toBe(200);
    expect(watched.abroad).toEqual([]);
  });

  whenAll(() => {
    test("a notification can be read, not sent: Graph sends it", async () => {
      const block = watched.page.locator('.opblock[id$="-receiveCommsNotifications"]');
      await block.locator(".opblock-summary-control").click();
      await block.locator(".responses-table").waitFor();
      expect(await block.locator("button.execute:visible, button.try-out__btn:visible").count()).toBe(0);
    });
  });

  whenAll(() => {
    test("in a narrow window too, without scrolling sideways", async () => {
      await watched.page.setViewportSize({ width: 360, height: 800 });
      const { status } = await execute(await open("updateRecordingStatus"));
      expect([status, await overflow(watched)]).toEqual([200, 0]);
    });
  });

  test("the page itself cannot reach another host, whatever a script in it tries", async () => {
    const reached = await watched.page.evaluate(() =>
      fetch("https://graph.microsoft.com/v1.0/me").then(
        () => true,
        () => false,
      ),
    );
    expect([reached, watched.abroad]).toEqual([false, []]);
    // The policy says so in the console.
    expect(watched.problems.join("\n")).toContain("Content Security Policy");
  });
});
