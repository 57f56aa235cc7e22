// Pages that are looked at: each is loaded once, and then looked at in several ways.
import type { Browser } from "playwright-core";
import { overflow, visit, type Watched, watch } from "./browser.ts";
import { filesIn } from "./tree.ts";

export type Look = { readonly width: number; readonly colorScheme: "light" | "dark" };

/** Narrow and light, wide and dark: `npm test` looks so at our pages. */
export const twoLooks: readonly Look[] = [
  { width: 360, colorScheme: "light" },
  { width: 1280, colorScheme: "dark" },
];
export const looks: readonly Look[] = [360, 1280].flatMap((width) =>
  (["light", "dark"] as const).map((colorScheme) => ({ width, colorScheme })),
);
export const nameOf = ({ width, colorScheme }: Look) => `${width} wide, ${colorScheme}`;

/** The pages of a tree's site: those that we make or head, and those that TypeDoc makes. */
export function pagesOf(folder: string): { ours: string[]; theirs: string[] } {
  const pages = filesIn(`${folder}site/`).filter((file) => file.endsWith(".html"));
  const ours = [...pages.filter((file) => !file.startsWith("typescript/")), "typescript/index.html"];
  return { ours, theirs: pages.filter((file) => !ours.includes(file)) };
}

/** What is wrong with the pages, by look. What goes wrong while a page loads belongs to the first. */
export async function faultsOf(browser: Browser, addresses: readonly string[], ways: readonly Look[]): Promise<Map<string, string[]>> {
  const [first] = ways;
  const watched = await watch(browser, { viewport: { width: first?.width ?? 1280, height: 900 }, colorScheme: first?.colorScheme ?? null });
  const faults = new Map(ways.map((look) => [nameOf(look), [] as string[]]));
  try {
    for (const address of addresses) {
      await visit(watched, address);
      for (const look of ways) faults.get(nameOf(look))?.push(...(await faultsIn(watched, look)));
    }
    return faults;
  } finally {
    await watched.close();
  }
}

/** What is wrong with the page as it stands, looked at in one way; what was noticed before is told once. */
export async function faultsIn(watched: Watched, { width, colorScheme }: Look): Promise<string[]> {
  const { page, problems, abroad } = watched;
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  const beyond = await overflow(watched);
  const headings = await page.locator("h1").allInnerTexts();
  return [
    ...(beyond > 0 ? [`${page.url()} scrolls sideways by ${beyond}`] : []),
    ...(headings.length === 1 ? [] : [`${page.url()} has not one h1`]),
    ...(headings[0]?.trim() === "" ? [`${page.url()} has an empty h1`] : []),
    ...problems.splice(0),
    ...abroad.splice(0).map((url) => `left the machine: ${url}`),
  ];
}
