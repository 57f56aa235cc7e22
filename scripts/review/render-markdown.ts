import type { Findings, Review } from "./findings.ts";
import { type Paste, placeOf } from "./next/paste.ts";
import type { NextStep } from "./next-steps.ts";
import { legend, wireMarks } from "./render-terminal.ts";
import { reportOf } from "./report.ts";
import type { FileDiff } from "./side-by-side.ts";

/** Tables longer than this are cut, and say so. */
const most = 40;

/** The report for a pull request: what the terminal shows, and folded below it the lines of the files that change. */
export function renderMarkdown(review: Review, all = false): string {
  const { verdict, headline, rows, sections, rest, next } = reportOf(review, all);
  const table = rows.map(({ bump, side, wire, lines, text }) => `| ${bump} | ${side} | ${wireMarks[wire]} | ${lines} | ${cell(text)} |`);
  const body = [
    `**Verdict: ${verdict}.** ${headline}`,
    ...(table.length === 0
      ? []
      : ["", "| Version | Side | Wire | Line | Change |", "|---|---|---|--:|---|", ...table, "", `<sub>${legend}.</sub>`]),
    ...sections.flatMap(({ title, lines }) => [
      "",
      `**${text(title)}**`,
      ...(lines.length === 0 ? [] : [""]),
      ...lines.map((line) => `- ${text(line)}`),
    ]),
    ...(rest === undefined || rest === "" ? [] : ["", text(rest)]),
    ...(next.length === 0 ? [] : ["", "**Next**", "", ...next.flatMap(stepText)]),
    ...(review.verdict === "broken" ? [] : folded(review)),
  ];
  return `${["# Review of the API description", "", ...body].join("\n").trimEnd()}\n`;
}

function folded({ generated, surface }: Findings): string[] {
  return [...diffs("Generated code", generated), ...diffs("Public API, as consumers' compilers see it", surface)];
}

function diffs(title: string, all: readonly FileDiff[]): string[] {
  if (all.length === 0) return [];
  const tables = all.flatMap(({ file, pairs }) => [
    `${file}`,
    "",
    "| Before | After |",
    "|---|---|",
    ...pairs.slice(0, most).map(({ before, after }) => `| ${code(before)} | ${code(after)} |`),
    ...(pairs.length > most ? ["", `… and ${pairs.length - most} more: see report.json.`] : []),
    "",
  ]);
  return ["", "<details>", `<summary>${title}</summary>`, "", ...tables, "</details>"];
}

const pasteOrder = "From top to bottom: within a file the last place comes first, so that the line numbers stay right.";

/** A step, and below it what to paste, each in a block that can be copied. */
function stepText({ say, pastes }: NextStep, index: number): string[] {
  if (pastes.length === 0) return [`${index + 1}. ${say}`];
  const blocks = pastes.flatMap((paste) => [`   ${placeOf(paste)}${paste.text.length === 0 ? "." : ":"}`, "", ...fenced(paste), ""]);
  return [`${index + 1}. ${say}.${pastes.length > 1 ? ` ${pasteOrder}` : ""}`, "", ...blocks];
}

function fenced({ file, text: lines }: Paste): string[] {
  if (lines.length === 0) return [];
  const language = /\.(\w+)$/.exec(file)?.[1] ?? "";
  // Longer than any that stands in the lines.
  const fence = "`".repeat(
    Math.max(
      3,
      ...lines
        .join("\n")
        .split(/[^`]+/)
        .map(({ length }) => length + 1),
    ),
  );
  return [`   ${fence}${language}`, ...lines.map((line) => (line === "" ? "" : `   ${line}`)), `   ${fence}`];
}

/** Names of the document may look like markup: `<id>`, `*`, `_`. */
function text(line: string): string {
  return line
    .replaceAll("\n", " ")
    .replaceAll(/[<>*_]/g, (character) => (character === "<" ? "&lt;" : character === ">" ? "&gt;" : `\\${character}`));
}

function cell(line: string): string {
  return text(line).replaceAll("|", "\\|");
}

function code(line: string | undefined): string {
  if (line === undefined) return "";
  const shown = (line.trim() === "" ? " " : line.trim()).replaceAll("|", "\\|").replaceAll("\n", " ");
  // A longer fence, so that a line with backticks stays one.
  return shown.includes("`") ? `\`\` ${shown} \`\`` : `\`${shown}\``;
}
