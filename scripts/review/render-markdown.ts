import type { Findings, Review } from "./findings.ts";
import type { Row } from "./group-changes.ts";
import { placeOf } from "./next/paste.ts";
import type { NextStep } from "./next-steps.ts";
import { reportOf } from "./report.ts";
import type { FileDiff } from "./side-by-side.ts";

/** Diffs longer than this are cut, and say so; more lines of what disagrees are folded. */
const most = { diff: 40, open: 5 };

const wires = { yes: "on the wire", no: "not on the wire", maybe: "perhaps on the wire" } as const;

/**
 * The report for a pull request: what the terminal shows, and folded below it the lines of the files that change.
 * Lists and no tables: those are wider than a phone. `.github/review-comment.js` says the same of what it does not trust.
 */
export function renderMarkdown(review: Review, all = false): string {
  const { verdict, headline, rows, sections, rest, next } = reportOf(review, all);
  const told = sections.flatMap(({ title, lines }) => titled(title, lines.map(text)));
  const isLong = verdict !== "broken" && sections.flatMap(({ lines }) => lines).length > most.open;
  const body = [
    `**Verdict: ${verdict}.** ${text(headline)}`,
    ...(rows.length === 0 ? [] : titled("Changes", rows.map(row))),
    ...(isLong ? ["", "<details>", "<summary>What disagrees</summary>", ...told, "", "</details>"] : told),
    ...(rest === undefined || rest === "" ? [] : ["", text(rest)]),
    ...(next.length === 0 ? [] : titled("Next", next.map(stepText), (index) => `${index + 1}.`)),
    ...(review.verdict === "broken" ? [] : folded(review)),
  ];
  return `${["# Review of the API description", "", ...body].join("\n").trimEnd()}\n`;
}

function titled(title: string, lines: readonly string[], bullet = (_: number) => "-"): string[] {
  return ["", `**${text(title)}**`, ...(lines.length === 0 ? [] : [""]), ...lines.map((line, index) => `${bullet(index)} ${line}`)];
}

function row({ bump, side, wire, lines, text: what }: Row): string {
  return `**${bump}**, ${side}, ${wires[wire]}, line ${lines}: ${text(what)}`;
}

function folded({ generated, surface }: Findings): string[] {
  return [...diffs("Generated code", generated), ...diffs("Public API, as consumers' compilers see it", surface)];
}

/** Files that change in the same way are shown once. */
function diffs(title: string, all: readonly FileDiff[]): string[] {
  if (all.length === 0) return [];
  const same = Map.groupBy(all, ({ pairs }) => JSON.stringify(pairs));
  const blocks = [...same.values()].flatMap((files) => {
    const pairs = files[0]?.pairs ?? [];
    const more = pairs.length > most.diff ? [`… and ${pairs.length - most.diff} more: see report.json.`, ""] : [];
    return [files.map(({ file }) => text(file)).join(", "), "", ...block("diff", diffOf(pairs.slice(0, most.diff))), "", ...more];
  });
  return ["", "<details>", `<summary>${title}</summary>`, "", ...blocks, "</details>"];
}

/** Both sides; they come without their indentation. */
function diffOf(pairs: FileDiff["pairs"]): string[] {
  const shown = (sign: string, line = "") => (line.trim() === "" ? [] : [`${sign} ${line.trim()}`]);
  return pairs.flatMap(({ before, after }) => [...shown("-", before), ...shown("+", after)]);
}

const pasteOrder = "From top to bottom: within a file the last place comes first, so that the line numbers stay right.";

/** What to do, without what to paste. */
export function stepWords({ say, pastes }: NextStep): string {
  return pastes.length === 0 ? say : `${say}.${pastes.length > 1 ? ` ${pasteOrder}` : ""}`;
}

/** A step, and below it what to paste, each in a block that can be copied. */
function stepText(step: NextStep): string {
  const blocks = step.pastes.flatMap((paste) => {
    const language = /\.(\w+)$/.exec(paste.file)?.[1] ?? "";
    if (paste.text.length === 0) return ["", `${placeOf(paste)}.`];
    return ["", `${placeOf(paste)}:`, "", ...block(language, paste.text)];
  });
  return [text(stepWords(step)), ...blocks.map((line) => (line === "" ? "" : `   ${line}`)), ...(blocks.length > 0 ? [""] : [])].join("\n");
}

/** Code that may hold backticks of its own. */
function block(language: string, lines: readonly string[]): string[] {
  const longest = Math.max(2, ...[...lines.join("\n").matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return [`${fence}${language}`, ...lines, fence];
}

/** Names of the document may look like markup: `<id>`, `*`, `[x]`. What stands between backticks is code already. */
function text(line: string): string {
  return line
    .replaceAll("\n", " ")
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? part : plain(part)))
    .join("");
}

/** A word joiner (U+2060) after `@` and `#`: else `@odata` calls somebody, and `#1` is an issue. */
function plain(part: string): string {
  return part
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/[\\`*_[\]~|]/g, "\\$&")
    .replaceAll(/[@#](?=\w)/g, "$&\u2060");
}
