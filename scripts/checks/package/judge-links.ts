import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** Links, in text or as a list at the end; addresses of images are links too. */
const links = [/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g, /^ {0,3}\[[^\]]+\]:\s*<?([^\s>]+)>?/gm];
const code = /^( *)(```|~~~)[\s\S]*?^\1\2 *$|`[^`\n]+`/gm;

/** Relative links of the README and of `docs/` that lead to nothing in the package, as lines to print. */
export function judgeLinks(folder: string): string[] {
  const pages = ["README.md", ...globSync("docs/**/*.md", { cwd: folder })].filter((page) => existsSync(join(folder, page)));
  return pages.flatMap((page) =>
    linksIn(readFileSync(join(folder, page), "utf8"))
      .filter((link) => !leadsSomewhere(folder, page, link))
      .map((link) => `${page.replaceAll("\\", "/")} links to ${link}, which is not in the package`),
  );
}

function linksIn(markdown: string): string[] {
  const text = markdown.replaceAll(code, "");
  return links.flatMap((pattern) => [...text.matchAll(pattern)].flatMap(([, link]) => link ?? []));
}

function leadsSomewhere(folder: string, page: string, link: string): boolean {
  const [path = ""] = link.split(/[#?]/);
  // Addresses elsewhere, and places in the same page.
  if (path === "" || /^[a-z][a-z0-9+.-]*:|^\/\//i.test(link)) return true;
  const target = join(folder, dirname(page), decodeURIComponent(path));
  return !relative(folder, target).startsWith("..") && !path.startsWith("/") && existsSync(target);
}
