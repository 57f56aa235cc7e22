import { todo } from "../../judges/facts/todo.ts";
import type { Change } from "../change.ts";
import { groupChanges } from "../group-changes.ts";
import type { Names } from "./names.ts";

/** More lines than these nobody reads: who changes so much writes them alone. */
const most = 5;

type Input = {
  readonly text: string;
  readonly changes: readonly Change[];
  /** Whether the changelog lacks a line about these changes. */
  readonly gap: boolean;
  readonly names: Names;
};

/** CHANGELOG.md with a line for each change that callers see, and with each name that the spec has. */
export function changelogFor({ text, changes, gap, names }: Input): string {
  const named = namedLines(names).flatMap(([name, line]) => (isMentioned(text, name) ? [] : [line]));
  const asking = (bump: Change["bump"]) =>
    groupChanges(
      changes.filter((change) => change.bump === bump),
      false,
    ).slice(0, most);
  const minor = gap && named.length === 0 ? asking("minor").map((row) => `- ${row.text}`) : [];
  const major = gap ? asking("major").map((row) => `- **Breaking**: ${row.text} → ${todo.words}: what callers must do.`) : [];
  return withLines(withLines(text, "Added", [...named, ...minor]), "Changed", major);
}

/** What must stand in the changelog by its name, and how to say it. */
function namedLines({ clouds, refused, retryable, properties }: Names): [name: string, line: string][] {
  return [
    ...Object.keys(clouds).map((name): [string, string] => [name, `- The cloud \`${name}\`.`]),
    // The name of one that is served as well has its line.
    ...refused.filter(({ name }) => !Object.hasOwn(clouds, name)).map((one): [string, string] => [one.name, refusalLine(one)]),
    ...retryable.map((status): [string, string] => [`${status}`, `- Reports are repeated after ${status}.`]),
    ...properties.map(({ name }): [string, string] => [name, `- \`updateRecordingStatus\` takes \`${name}\`.`]),
  ];
}

function refusalLine({ name, version, reason }: Names["refused"][number]): string {
  const what = version === undefined ? `The cloud \`${name}\`` : `\`${version}\` of the cloud \`${name}\``;
  return `- ${what} is refused before any request: ${reason.replaceAll(/\s+/g, " ").trim()}`;
}

function isMentioned(text: string, name: string): boolean {
  return new RegExp(`(?<![\\w.])${name.replaceAll(".", "\\.")}(?![\\w.]*\\w)`).test(text);
}

/** Lines below a heading of the newest section, which gets the heading if it has none. */
function withLines(text: string, heading: string, lines: readonly string[]): string {
  if (lines.length === 0) return text;
  const all = text.split("\n");
  const section = all.findIndex((line) => line.startsWith("## "));
  const end = all.findIndex((line, index) => index > section && line.startsWith("## "));
  const at = all.findIndex((line, index) => index > section && (end < 0 || index < end) && line === `### ${heading}`);
  if (at < 0) return [...all.slice(0, section + 1), "", `### ${heading}`, "", ...lines, ...all.slice(section + 1)].join("\n");
  // What stands first there may be an introduction: the list begins below it.
  const first = all.findIndex((line, index) => index > at && line.startsWith("- "));
  return [...all.slice(0, first), ...lines, ...all.slice(first)].join("\n");
}
