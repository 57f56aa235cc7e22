import { type Suite, suites } from "../judges/judgement.ts";
import { specPath } from "../spec/document.ts";
import { type Constraint, heldByFactsAlone, type MutationReport, unexplained } from "./report.ts";
import { survivorsPath } from "./survivors.ts";

/** What the command prints: the verdict, and what to do. */
export function summarise(report: MutationReport): string {
  const { mutants, seconds, noticed, survivors, outdated, constraints } = report;
  const open = unexplained(report);
  const lines = [
    `${mutants} mutants of ${constraints.length} constraints in ${seconds} s: ${mutants - survivors.length} noticed, ${survivors.length} survived.`,
    `Noticed by: ${suites.map((suite) => `${suite} ${noticed[suite]}`).join(", ")}. Held by the facts alone: ${heldByFactsAlone(report).length} constraints.`,
    ...survivors.filter(({ reason }) => reason !== undefined).map((one) => `  reviewed: ${place(one)}: ${one.change}: ${one.reason}`),
    ...open.map((one) => `  SURVIVES: ${place(one)}: ${one.change}`),
    ...outdated.map((one) => `  OUTDATED: ${one.constraint}: ${one.change} is noticed now: take it out of ${survivorsPath}.`),
  ];
  if (open.length > 0) lines.push(`Add a test that notices each survivor, or list it in ${survivorsPath} with the reason.`);
  return lines.join("\n");
}

/** The table of contract coverage, for people. */
export function renderMutation(report: MutationReport): string {
  const header = `| Constraint | Line | Changes | ${suites.join(" | ")} |\n|---|--:|--:|${suites.map(() => "--:|").join("")}`;
  return [
    "# Which suite notices a change of the spec",
    "",
    `${report.mutants} changes of ${report.constraints.length} constraints, each made alone. A number says how many of them the suite noticed.`,
    "",
    "## Survivors",
    "",
    ...(report.survivors.length === 0
      ? ["None."]
      : report.survivors.map((one) => `- ${place(one)}: ${one.change}. ${one.reason ?? "**Not explained.**"}`)),
    "",
    "## Held by the facts alone",
    "",
    ...listed(heldByFactsAlone(report)),
    "",
    "## All constraints",
    "",
    header,
    ...report.constraints.map(row),
    "",
  ].join("\n");
}

function listed(constraints: readonly Constraint[]): string[] {
  return constraints.length === 0 ? ["None."] : constraints.map(({ at, line }) => `- ${code(at)}, line ${line}`);
}

function row({ at, line, mutants, noticed }: Constraint): string {
  const count = (suite: Suite) => (noticed[suite] === 0 ? "–" : `${noticed[suite]}`);
  return `| ${code(at)} | ${line} | ${mutants} | ${suites.map(count).join(" | ")} |`;
}

function place({ at, line }: { readonly at: string; readonly line: number }): string {
  return `${specPath}:${line} ${at}`;
}

function code(text: string): string {
  return `\`${text.replaceAll("|", "\\|").replaceAll("`", "'")}\``;
}
