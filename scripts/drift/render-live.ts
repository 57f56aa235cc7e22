import { styleText } from "node:util";
import { type LiveJudgement, type LiveVerdict, liveVerdict } from "./judge-live.ts";
import { driftAsJson, renderDrift } from "./render.ts";

const colours: Readonly<Record<LiveVerdict, "green" | "red" | "yellow">> = { agrees: "green", differs: "red", unread: "yellow" };

/** What `--live` prints: one verdict over all, one line for each cloud, then what differs and what could not be read. */
export function renderLive(all: readonly LiveJudgement[]): string {
  const verdict = liveVerdict(all);
  const width = Math.max(...all.map((one) => nameOf(one).length));
  return [
    `${styleText(["bold", colours[verdict]], verdict.toUpperCase())}  Microsoft's live metadata: ${summaryOf(all)}.`,
    "",
    ...all.map((one) => `  ${wordFor(one).padEnd(8)} ${nameOf(one).padEnd(width)}  ${one.address}`),
    ...all.flatMap((one) => (one.judgement?.verdict === "differs" ? ["", renderDrift(one.judgement, one.address)] : [])),
    ...all.flatMap((one) => (one.judgement === undefined ? ["", unread(one.problem, one)] : [])),
  ].join("\n");
}

const nameOf = ({ cloud, version }: LiveJudgement) => `${cloud} ${version}`;
const wordFor = ({ judgement }: LiveJudgement) => (judgement?.verdict ?? "unread").toUpperCase();

function summaryOf(all: readonly LiveJudgement[]): string {
  const named = (which: (one: LiveJudgement) => boolean) => all.filter(which).map(nameOf).join(", ");
  const [differing, missing] = [
    named(({ judgement }) => judgement?.verdict === "differs"),
    named(({ judgement }) => judgement === undefined),
  ];
  const parts = [
    ...(differing === "" ? [] : [`the spec differs from ${differing}`]),
    ...(missing === "" ? [] : [`${missing} could not be compared`]),
  ];
  return parts.length === 0 ? `the spec agrees with each of the ${all.length}` : parts.join("; ");
}

function unread(problem: string, { cloud, version }: LiveJudgement): string {
  return `${cloud} ${version}: ${problem} Try again later, with --timeout <seconds> if it was slow, or compare with a copy: npm run drift -- <file> --cloud ${cloud} --version ${version}`;
}

/** The same for programs. */
export function liveAsJson(all: readonly LiveJudgement[]): unknown {
  return {
    verdict: liveVerdict(all),
    summary: summaryOf(all),
    clouds: all.map((one) =>
      one.judgement === undefined
        ? { verdict: "unread", cloud: one.cloud, version: one.version, file: one.address, problem: one.problem }
        : driftAsJson(one.judgement, one.address, one.metadata),
    ),
  };
}
