import type { Command } from "./command.ts";
import type { Option, Options } from "./options.ts";

const program = "teams-recording-status";
const width = 100;

/** The codes that mean the same for every command. */
const commonExits: { readonly [code: number]: string } = {
  2: "The command line cannot be used, or something that it needs is missing; nothing was sent.",
  130: "Ctrl-C ended it (143: SIGTERM).",
};

/** The help of the program. */
export function programHelp(commands: readonly Command[], version: string): string {
  return [
    `${program} ${version}: the recording status of Teams calls, from the command line.`,
    "",
    `Usage: ${program} COMMAND [options]`,
    "",
    "Commands:",
    ...rows(commands.map(({ name, summary }) => [name, summary])),
    "",
    `${program} COMMAND --help says all that a command can do. --version prints the version.`,
    "",
    "Exit codes:",
    ...rows([
      ["0", "It went well."],
      ["1", "The answer is bad: refused, not confirmed, not whole, a violation, a failed check."],
      ...Object.entries(commonExits),
      ["", "A server (mock, fake, proxy) that is ended by Ctrl-C has done its work: 0, or the proxy's verdict."],
    ]),
  ].join("\n");
}

/** The help of one command. */
export function commandHelp({ name, about, options, isServer, exits, examples }: Command): string {
  return [
    `Usage: ${program} ${name}${usageOf(options)}`,
    "",
    ...paragraphs(about),
    "Options:",
    ...rows([...Object.entries(options).map(([option, one]) => [shown(option, one), one.help] as const), ["--help", "Prints this."]]),
    "",
    "Exit codes:",
    ...rows(Object.entries({ ...exits, ...commonExits }).filter(([code]) => code !== "130" || !isServer)),
    "",
    examples.length === 1 ? "Example:" : "Examples:",
    ...examples.map((example) => `  npx ${program} ${example}`),
  ].join("\n");
}

/** Texts that end in an empty line each. */
function paragraphs(about: readonly string[]): string[] {
  return about.flatMap((text) => [...wrap(text, width), ""]);
}

function usageOf(options: Options): string {
  const required = Object.entries(options).filter(([, { isRequired }]) => isRequired);
  return [...required.map(([name, option]) => ` ${shown(name, option)}`), " [options]"].join("");
}

function shown(name: string, { value }: Option): string {
  return value === undefined ? `--${name}` : `--${name} ${value}`;
}

/** Two columns; the second is wrapped, and begins below where the first is too wide. */
function rows(list: readonly (readonly [string, string])[]): string[] {
  const column = Math.min(24, Math.max(...list.map(([left]) => left.length))) + 4;
  return list.flatMap(([left, right]) => {
    const lines = wrap(right, width - column);
    const isWide = left.length + 4 > column;
    const first = isWide ? [`  ${left}`] : [];
    const indented = lines.map((line, index) => (index === 0 && !isWide ? `  ${left}`.padEnd(column) : " ".repeat(column)) + line);
    return [...first, ...indented];
  });
}

function wrap(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
