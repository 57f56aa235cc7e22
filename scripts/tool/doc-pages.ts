import { existsSync, readdirSync } from "node:fs";

/** The pages for those who use the package, by their paths: README.md, then docs/ in the order of their names. */
export function docPages(root: string): string[] {
  const names = existsSync(`${root}docs`) ? readdirSync(`${root}docs`).filter((name) => name.endsWith(".md")) : [];
  return ["README.md", ...names.toSorted().map((name) => `docs/${name}`)];
}

/** The anchor of a heading, as GitHub makes it. */
export function anchorOf(heading: string): string {
  const text = heading.replaceAll(/\]\([^)]*\)/g, "]").toLowerCase();
  return text
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(" ", "-");
}
