import { existsSync } from "node:fs";
import { posix } from "node:path";
import { anchorOf } from "../../tool/doc-pages.ts";
import type { Page } from "./read-pages.ts";

/** What npm puts into a package whatever it is asked to. */
const always = ["README.md", "LICENSE", "package.json"];

/** Links that lead nowhere: in the repository, or where the package alone is unpacked. */
export function deadLinks(
  pages: readonly Page[],
  { root, packed }: { readonly root: string; readonly packed: readonly string[] },
): string[] {
  const anchors = new Map(pages.map(({ path, text }) => [path, anchorsOf(text)]));
  const faultOf = (path: string, href: string) => {
    const [file = "", anchor] = href.split("#");
    const target = file === "" ? path : posix.join(posix.dirname(path), file);
    if (!existsSync(root + target)) return "there is no such file";
    if (![...always, ...packed].some((one) => target === one || target.startsWith(`${one}/`)))
      return 'package.json leaves it out of the package ("files"): name it there, or write its name without a link';
    if (anchor !== undefined && anchors.get(target)?.has(anchor) !== true) return "there is no such heading";
    return undefined;
  };
  return pages.flatMap(({ path, text }) =>
    linksOf(text).flatMap((href) => {
      const fault = faultOf(path, href);
      return fault === undefined ? [] : [`${path} links to ${href}: ${fault}.`];
    }),
  );
}

/** The relative ones, outside of code. */
function linksOf(text: string): string[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```$/gm, "").replaceAll(/`[^`\n]*`(?!\]\()/g, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, href = ""]) => href).filter((href) => !/^[a-z]+:/.test(href));
}

/** The anchors of the headings, as GitHub makes them. */
export function anchorsOf(text: string): Set<string> {
  const prose = text.replaceAll(/^```[\s\S]*?^```$/gm, "");
  return new Set([...prose.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading)));
}
