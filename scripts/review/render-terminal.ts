import { styleText } from "node:util";
import type { Row } from "./group-changes.ts";
import { type NextStep, stepLine } from "./next-steps.ts";
import type { Report } from "./report.ts";

const colours = { fine: "green", decision: "yellow", broken: "red" } as const;
const bumpColours = { major: "red", minor: "yellow", patch: "gray" } as const;
export const wireMarks = { yes: "wire", no: "–", maybe: "wire?" } as const;
export const legend = "wire: what is sent or answered may be other than before; wire?: judge it yourself; –: nothing on the wire";

/** What the command prints: the verdict first, then why, then what to do. Plain where the output is no terminal. */
export function renderTerminal({ verdict, headline, rows, sections, rest, next }: Report): string {
  const label = styleText(["bold", colours[verdict]], verdict.toUpperCase());
  return [
    `\n${label}  ${headline}`,
    ...(rows.length === 0 ? [] : ["", `${styleText("bold", "Changes")}  (${legend})`, ...table(rows)]),
    ...sections.flatMap(({ title, lines }) => section(title, lines)),
    ...(rest === undefined || rest === "" ? [] : [rest]),
    ...(next.length === 0
      ? []
      : section(
          hasBlocks(next) ? "Next  (the lines to paste: review/report.md; `npm run review -- --fix` pastes them)" : "Next",
          next.map(stepLine),
        )),
  ].join("\n");
}

function hasBlocks(next: readonly NextStep[]): boolean {
  return next.some(({ pastes }) => pastes.length > 0);
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [title] : [styleText("bold", title), ...lines.map((line) => `  ${line}`)];
}

function table(rows: readonly Row[]): string[] {
  const [sides, wires, places] = [
    rows.map(({ side }) => side),
    rows.map(({ wire }) => wireMarks[wire]),
    rows.map(({ lines }) => `line ${lines}`),
  ].map((column) => Math.max(...column.map(({ length }) => length))) as [number, number, number];
  return rows.map(({ bump, side, wire, lines, text }) => {
    const version = styleText(bumpColours[bump], bump);
    return `  ${version} ${side.padEnd(sides)} ${wireMarks[wire].padEnd(wires)} ${`line ${lines}`.padEnd(places)}  ${text}`;
  });
}
