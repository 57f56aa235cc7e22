import { specPath } from "../spec/document.ts";
import type { Drift, Findings } from "./findings.ts";
import { firstLine } from "./show.ts";

export type Section = { readonly title: string; readonly lines: readonly string[] };

/** What disagrees with the text, a line for each component or kind; what is to be pasted stands under Next. `all`: every single one, in full. */
export function disagreements({ judgement, client, drift, compileProblems, plan }: Findings, all: boolean): Section[] {
  const { facts, types, mock, proxy } = judgement;
  const code = compileProblems.map(({ file, line, message }) => `${file}:${line} ${firstLine(message)}`);
  const cases = [...mock, ...proxy];
  return [
    { title: "Facts that disagree", lines: all ? facts : byComponent(facts) },
    { title: "Stated types that disagree", lines: all ? types : plan.pastes.types.length > 0 ? [] : statedTypes(types) },
    { title: "Contract cases that disagree", lines: all ? cases : byOutcome(cases) },
    { title: "The client's code that would not compile", lines: code },
    { title: "What the client makes of it", lines: client },
    ...metadata(drift, all),
  ].filter(({ lines }) => lines.length > 0);
}

/** Facts are named by what they are about: `schema ResultInfo.subcode: type` is about `schema ResultInfo`. */
function byComponent(facts: readonly string[]): string[] {
  return [...groupedBy(facts, componentOf)].map(([component, all]) => {
    const [only = ""] = all;
    if (all.length === 1) return brief(only);
    const places = [...new Set(all.flatMap((text) => text.match(/scripts\/judges\/facts\/[\w-]+\.ts:\d+/g)?.slice(-1) ?? []))];
    const isNew = all.every((text) => text.includes(" is new in "));
    const where =
      places.length === 0 ? "" : ` (${isNew ? "state them near " : ""}${places.slice(0, 1).join()}${places.length > 1 ? " ff." : ""})`;
    return `${component}: ${all.length} facts ${isNew ? "are new" : "differ"}${where}`;
  });
}

function componentOf(fact: string): string {
  const pointer = /^(.+?) (?:is|differs) /.exec(fact)?.[1] ?? fact;
  if (pointer.startsWith("example ")) return "examples";
  const [component = pointer] = pointer.split(": ");
  const schema = /^schema [^.]+/.exec(component)?.[0];
  return schema ?? component.replace(/ → .*$/, "");
}

/** The same in fewer words: what to do about it stands under Next. */
function brief(fact: string): string {
  return fact
    .replace(` in ${specPath}`, "")
    .replace(` from ${specPath}`, "")
    .replace(/ If the fact itself changed, change it at (\S+) too\.$/, " $1")
    .replace(/: state it near (\S+), .*$/s, ": state it near $1")
    .replace(/ is \[.*\], but the fact is \[.*\] \[(.+?)\] \(/s, " is not as stated, $1 (")
    .replace(/ \(((?:docs|CSDL|reports|RFC|choice)[^)]{60})[^)]*\)/, " ($1…)")
    .replace(/ is new \((\{.{40}).*\):/s, " is new ($1…):")
    .replace(/ differs from the fact: (.{60}).{100,} (\S+)$/s, " differs from the fact: $1… $2");
}

/** The stated types stand in one file, a line each. */
function statedTypes(types: readonly string[]): string[] {
  const stated = types.map((text) => /^the type of (\w+) is not as stated in ([\w/.-]+):(\d+)/.exec(text));
  if (types.length < 2 || stated.some((one) => one === null))
    return types.map((text) => text.replaceAll(": state it here, or take it out of the spec", ""));
  const names = stated.map((one) => `${one?.[1]} (${one?.[3]})`);
  return [`${types.length} stated types, ${stated[0]?.[2]}: ${names.join(", ")}`];
}

/** Cases that end in the same way; of each kind the first is named. */
function byOutcome(cases: readonly string[]): string[] {
  const outcome = (text: string) => /: (the (?:mock|proxy)[^:(]*)/.exec(text)?.[1]?.trim() ?? text;
  return [...groupedBy(cases, outcome)].map(([end, all]) => {
    const [first = ""] = all;
    return all.length === 1 ? first : `${all.length} cases: ${end}. The first: ${first.slice(0, first.indexOf(`: ${end}`))}`;
  });
}

/** Files that say the same are told together. */
function metadata(drift: readonly Drift[], all: boolean): Section[] {
  const files = groupedBy(drift, ({ agrees, differences }) => JSON.stringify([agrees, differences]));
  const differing = [...files.values()].filter(([one]) => one?.agrees === false);
  const chosen = all ? [...new Set(drift.flatMap((one) => one.chosen))] : [];
  return [
    ...differing.map((same) => ({
      title: `Microsoft's metadata differs, ${same.map(({ file }) => file.split("/").at(-1)).join(" and ")}`,
      // An entry that is to go stands under Next, with what comes into its place.
      lines: (same[0]?.differences ?? []).filter((text) => all || !text.startsWith("reviewed, but")),
    })),
    { title: "Differences from Microsoft's metadata that we chose", lines: chosen },
  ];
}

function groupedBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}
