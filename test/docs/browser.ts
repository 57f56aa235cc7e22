import { type Browser, type BrowserContextOptions, type BrowserServer, chromium, type Page } from "playwright-core";

/** A page, and all that was noticed while it was looked at. */
export type Watched = {
  readonly page: Page;
  /** Messages of the console that are errors or warnings, errors of scripts, requests that failed. */
  readonly problems: string[];
  /** Requests that would have left the machine: no way leads out of this browser. */
  readonly abroad: string[];
  close(): Promise<void>;
};

/** For each step; a busy machine is slow. */
const limitMs = 60_000;

/** Starts the one browser that all files of the project share. */
export function startBrowser(program: string): Promise<BrowserServer> {
  const quiet = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
  // Everything but loopback goes to a proxy that does not exist: what a page asks for elsewhere is seen, and goes nowhere.
  return chromium.launchServer({
    executablePath: program,
    host: "127.0.0.1",
    args: ["--no-sandbox", "--proxy-server=127.0.0.1:9", ...quiet],
    timeout: 60_000,
  });
}

/** Joins the browser that was started. */
export function join(endpoint: string): Promise<Browser> {
  return chromium.connect(endpoint, { timeout: 60_000 });
}

export async function watch(browser: Browser, options: BrowserContextOptions = {}): Promise<Watched> {
  // Smooth scrolling would make each click wait.
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  context.setDefaultTimeout(limitMs);
  const page = await context.newPage();
  const problems: string[] = [];
  const abroad: string[] = [];
  page.on("request", (request) => {
    if (!isAtHome(request.url())) abroad.push(request.url());
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(`${page.url()} console ${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`${page.url()} script: ${error.message}`));
  page.on("requestfailed", (request) => problems.push(`${page.url()} failed: ${request.url()} ${request.failure()?.errorText}`));
  page.on("response", (response) => {
    if (response.status() >= 400 && !new URL(response.url()).pathname.startsWith("/mock/"))
      problems.push(`${response.status()} ${response.url()}`);
  });
  return { page, problems, abroad, close: () => context.close() };
}

function isAtHome(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return ["file:", "data:", "blob:"].includes(protocol) || hostname === "127.0.0.1";
}

/** Goes to a page and waits until it stands still: everything loaded, and Swagger UI there where it is used. */
export async function visit({ page }: Watched, url: string): Promise<void> {
  await page.goto(url, { waitUntil: "load" });
  if (url.includes("reference.html")) await page.locator("#swagger-ui .opblock").first().waitFor();
}

/** Whether the page itself scrolls sideways: the width that it has beyond the window. */
export function overflow({ page }: Watched): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}
