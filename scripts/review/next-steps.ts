import type { Findings } from "./findings.ts";
import { isLiteral } from "./next/cases-left.ts";
import { type Paste, placeOf } from "./next/paste.ts";
import type { Kind } from "./next/plan-type.ts";
import { firstLine } from "./show.ts";

/** One thing to do, and what to paste for it. */
export type NextStep = { readonly say: string; readonly pastes: readonly Paste[] };

/** What to do, in order. Done to the letter, with every TODO replaced, `npm test` is green. */
export function nextSteps(findings: Findings): NextStep[] {
  const { plan, gaps, judgement } = findings;
  const paste = (kind: Kind, say: string) => (plan.pastes[kind].length === 0 ? [] : [{ say, pastes: plan.pastes[kind] }]);
  const say = (text: string) => ({ say: text, pastes: [] });
  return [
    ...gaps.map(say),
    ...paste("facts", "State the facts, each with its source in the place of TODO source"),
    ...paste("types", `State the types${namesOfTypes(judgement.types)}`),
    ...(plan.typesUnknown ? [say("State the types in scripts/judges/wire-types.ts by hand, as the sentences above say.")] : []),
    ...metadata(findings),
    ...paste("src", "Correct the client's code"),
    ...developers(findings).map(say),
    ...paste("docs", "Correct the documentation"),
    ...changelog(findings),
    ...(plan.todos.length === 0 ? [] : [say(todosIn(plan.todos))]),
    // What is written after it would be neither generated nor formatted.
    ...commands(findings),
  ];
}

/** Those that disagree: no section lists them where there are lines to paste. */
function namesOfTypes(types: readonly string[]): string {
  const names = types.flatMap((text) => /^the type of (\w+) is not as stated/.exec(text)?.[1] ?? []);
  const more = names.length > 4 ? ` and ${names.length - 4} more` : "";
  return names.length === 0 ? "" : ` of ${names.slice(0, 4).join(", ")}${more}`;
}

/** What follows by itself, when all else is done. The length of a source decides where its line is broken. */
function commands({ plan, stale, staleSurface }: Findings): NextStep[] {
  const names = [
    ...(stale.length > 0 ? ["generate"] : []),
    ...(staleSurface.length > 0 ? ["api"] : []),
    ...(plan.todos.length + plan.pastes.facts.length > 0 ? ["format"] : []),
  ];
  if (names.length === 0) return [];
  const why = stale.length > 0 ? "generated/ does not come from this text: when" : "When";
  const run = names.map((name) => `\`npm run ${name}\``).join(", then ");
  const written = names.length === 1 ? "it writes" : "they write";
  return [{ say: `${why} all that is done, run ${run}, and again after any later change; commit what ${written}.`, pastes: [] }];
}

function metadata({ drift, plan }: Findings): NextStep[] {
  const says = "Wait until Microsoft's metadata has it too, or say why we differ, with a source";
  if (plan.pastes.differences.length > 0) return [{ say: says, pastes: plan.pastes.differences }];
  if (drift.every(({ agrees }) => agrees)) return [];
  return [
    {
      say: "Microsoft's metadata says otherwise, and no entry can choose that: take the edit back, or wait until it says the same.",
      pastes: [],
    },
  ];
}

/** What no report can write down. */
function developers({ compileProblems, client, judgement, plan }: Findings): string[] {
  const mended = new Set(plan.pastes.src.map(({ file }) => file));
  const code = compileProblems
    .filter(({ file }) => !mended.has(file))
    .map(({ file, line, message }) => `${file}:${line} ${firstLine(message)}`);
  const read = client.flatMap((text) => {
    const [, gone, now] = /^The client reads (.+?) by its name .+, and the spec has (.+?)(?: there)?: /.exec(text) ?? [];
    const what = gone === undefined ? "what is gone" : `${gone}, and the spec has ${now}`;
    return [...text.matchAll(/src\/[\w/-]+\.ts:\d+/g)].map(([place]) => `${place} reads ${what}`);
  });
  const unenforced = client.flatMap((text) => {
    const [, what] = /^The client does not enforce (.+) in what it sends/.exec(text) ?? [];
    const [holders] = /\(.+?\)/.exec(text) ?? [];
    return what === undefined ? [] : [`teach src/util/schema-check.ts the keyword ${what} ${holders}, or take it out of the spec`];
  });
  const cases =
    judgement.facts.length + judgement.types.length > 0 ? [] : [...judgement.mock, ...judgement.proxy].filter((one) => !isLiteral(one));
  return [...new Set([...code, ...read, ...unenforced, ...plan.developer]), ...cases.slice(0, 3)].map((text) => `For a developer: ${text}`);
}

function changelog({ bump, changelog, plan }: Findings): NextStep[] {
  const asks = bump === "major" || bump === "minor" ? `The change asks for a ${bump} version.` : "";
  if (plan.pastes.changelog.length === 0 && asks === "") return [];
  const say = [asks, changelog ?? (plan.pastes.changelog.length > 0 ? "CHANGELOG.md lacks a line" : "")]
    .filter((one) => one !== "")
    .join(" ");
  // What to say there stands in the lines to paste.
  return [{ say: plan.pastes.changelog.length > 0 ? say.replace(/: say there .*$|\.$/s, "") : say, pastes: plan.pastes.changelog }];
}

function todosIn(todos: readonly string[]): string {
  const places = todos.map((text) => /^[^:]+:\d+/.exec(text)?.[0] ?? text);
  return `Write what is left to you (TODO source, TODO words) at ${places.slice(0, 4).join(", ")}${places.length > 4 ? ` and ${places.length - 4} more` : ""}.`;
}

/** One line for each step: what to do, where, and what to write if it is short. */
export function stepLine({ say, pastes }: NextStep): string {
  const [only, another] = pastes;
  if (only === undefined) return say;
  const [text = ""] = only.text;
  // What names the file already need not do so twice.
  const short = (place: string) => (say.includes(only.file) ? place.slice(only.file.length + 2) : place);
  if (another === undefined && only.text.length === 1 && text.length <= 160) return `${say}: ${short(placeOf(only))} \`${text.trim()}\``;
  return `${say}: ${placesOf(pastes)}`;
}

/** Files with their lines. */
function placesOf(pastes: readonly Paste[]): string {
  const files = Map.groupBy(pastes, ({ file }) => file);
  return [...files]
    .map(
      ([file, all]) =>
        `${file}:${all
          .map(({ line }) => line)
          .toSorted((a, b) => a - b)
          .join(", ")}`,
    )
    .join("; ");
}
