import { globSync, readFileSync } from "node:fs";

const most = 3;

/** An objection to a case that is written out, answer and all, and speaks of that answer: it is there whatever facts and types are restated. */
const literal = /^.+? ← (.+?): (the proxy (?:objects|does not object with) .+)$/;

/** Whether no fact that is restated mends what a suite objects to. */
export function isLiteral(objection: string): boolean {
  return whatIsSaid(objection) !== undefined;
}

/** Cases of answers of which the spec says something else now: each once, however many operations have such an answer, with its line. */
export function casesLeft(root: string, proxy: readonly string[]): string[] {
  const left = new Map(proxy.flatMap((objection) => whatIsSaid(objection) ?? []));
  if (left.size === 0) return [];
  const lines = globSync("scripts/judges/cases/*.ts", { cwd: root }).flatMap((file) => linesOf(root, file.replaceAll("\\", "/")));
  const each = [...left].map(([what, said]) => {
    const place = lines.find(({ isOf }) => isOf(what))?.place ?? "scripts/judges/cases";
    return `${place} expects something else of "${what}": now ${said}`;
  });
  return [
    ...each.slice(0, most),
    ...(each.length > most ? [`${each.length - most} more cases of scripts/judges/cases are like these`] : []),
  ];
}

/** The case and what is said of it, where all of that is about the answer. */
function whatIsSaid(objection: string): [what: string, said: string][] | undefined {
  const [, what, said] = literal.exec(objection) ?? [];
  return what === undefined || said === undefined || /\brequest\b[.:]/.test(said) ? undefined : [[what, said]];
}

/** Where a file has the names of its cases; what stands in a name for a value may be anything. */
function linesOf(root: string, file: string): { place: string; isOf: (what: string) => boolean }[] {
  return readFileSync(root + file, "utf8")
    .split("\n")
    .flatMap((line, index) => {
      const [, quote, name = ""] = /\bwhat: (["`])(.*?)\1,/.exec(line) ?? [];
      if (quote === undefined) return [];
      const parts = name.split(quote === "`" ? /\$\{.*?\}/ : /(?!)/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&"));
      const pattern = new RegExp(`^${parts.join(".*")}$`, "s");
      return [{ place: `${file}:${index + 1}`, isOf: (what: string) => pattern.test(what) }];
    });
}
