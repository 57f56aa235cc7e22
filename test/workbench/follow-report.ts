import { withPastes } from "../../scripts/review/next/paste.ts";

/** Files of a repository, as a person edits them. */
type Files = { read(path: string): string | undefined; write(path: string, text: string): void };

const place = /^ {3}(\S+): (?:add below line (\d+)|(put in the place of|take out) lines? (\d+)(?:–(\d+))?)[:.]$/;
const sources: Readonly<Record<string, string>> = {
  "TODO source": 'docs: the page that tells so, "in its own words", and how it\'s to be read',
  "TODO words": "Said otherwise",
};

/** Does what the report says to paste, to the letter and in its order, and writes the sources; returns the commands that it names. */
export function followReport(report: string, files: Files): string[] {
  const lines = report.split("\n");
  const next = lines.indexOf("**Next**");
  const end = lines.indexOf("<details>", next);
  const steps = lines.slice(next, end < 0 ? undefined : end);
  for (const [index, line] of steps.entries()) {
    const [, file, below, what, first, last] = place.exec(line) ?? [];
    if (file === undefined) continue;
    const text = what === "take out" ? [] : blockAfter(steps, index);
    const [from, gone] = below === undefined ? [Number(first), Number(last ?? first) - Number(first) + 1] : [Number(below), 0];
    files.write(file, withPastes(files.read(file) ?? "", [{ file, line: from, gone, text }]));
  }
  writeSources(steps.join("\n"), files);
  return [...steps.join("\n").matchAll(/`npm run (\w+)`/g)].map(([, command = ""]) => command);
}

/** The next fenced block, without the three spaces by which it belongs to its step. */
function blockAfter(lines: readonly string[], index: number): string[] {
  const start = lines.findIndex((line, at) => at > index && /^ {3}`{3,}\w*$/.test(line));
  const fence = /`+/.exec(lines[start] ?? "")?.[0];
  const end = lines.findIndex((line, at) => at > start && line === `   ${fence}`);
  return lines.slice(start + 1, end).map((line) => line.slice(3));
}

/** What the report leaves to a person: they stand in what was pasted. */
function writeSources(steps: string, files: Files): void {
  const pasted = [...steps.matchAll(/^ {3}(\S+): (?:add|put)/gm)].map(([, file = ""]) => file);
  for (const file of new Set(pasted)) {
    const text = files.read(file) ?? "";
    files.write(
      file,
      Object.entries(sources).reduce((all, [todo, words]) => all.replaceAll(todo, words), text),
    );
  }
}
