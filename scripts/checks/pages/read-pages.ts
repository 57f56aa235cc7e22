import { readFileSync } from "node:fs";
import { docPages } from "../../tool/doc-pages.ts";

/** A page for those who use the package: README.md, or one of docs/. */
export type Page = { readonly path: string; readonly text: string; readonly blocks: readonly Block[] };

/** A fenced block of code. Its first line may say more than the language: ```` ```ts file=first-call.ts ````. */
export type Block = {
  readonly language: string;
  /** The name under which a reader saves it, so that it can be run. */
  readonly file: string | undefined;
  /** The file of another block in which this one takes the place of the function that has its name. */
  readonly within: string | undefined;
  readonly code: string;
  /** `README.md, block 3`: counted by language. */
  readonly place: string;
  /** What it is compiled as, if nothing else names it. */
  readonly name: string;
};

/** All of them, README.md first. */
export function readPages(root: string): Page[] {
  return docPages(root).map((path) => {
    const text = readFileSync(root + path, "utf8").replaceAll("\r\n", "\n");
    return { path, text, blocks: blocksOf(path, text) };
  });
}

export function blocksOf(path: string, text: string): Block[] {
  const counts = new Map<string, number>();
  return [...text.matchAll(/^```(\w+)(.*)\n([\s\S]*?)^```$/gm)].map(([, language = "", more = "", code = ""]) => {
    const count = (counts.get(language) ?? 0) + 1;
    counts.set(language, count);
    const name = `${path.replaceAll(/\W+/g, "-").replace(/-md$/, "")}-${count}.${language}`;
    return { language, file: wordIn(more, "file"), within: wordIn(more, "in"), code, place: `${path}, block ${count}`, name };
  });
}

function wordIn(text: string, key: string): string | undefined {
  return new RegExp(` ${key}=(\\S+)`).exec(text)?.[1];
}

/** A block's code as a whole file: what belongs into another block is put there. */
export function wholeFile({ within, code, place }: Block, all: readonly Block[]): string {
  if (within === undefined) return code;
  const around = all.find(({ file }) => file === within)?.code ?? "";
  const name = /^(?:async )?function (\w+)/m.exec(code)?.[1];
  const old = new RegExp(`^(?:async )?function ${name}\\b[\\s\\S]*?^}\\n`, "m");
  if (name === undefined || !old.test(around))
    throw new Error(`${place}: there is no function ${name} in ${within} to put it in the place of.`);
  return around.replace(old, () => code);
}
