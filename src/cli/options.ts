import { parseArgs } from "node:util";
import { describeUnknown } from "../util/nearest-name.ts";
import { UsageError } from "./invocation.ts";

/** An option of a command; without a `value` it is a switch. */
export type Option = {
  /** What the value is, as help and messages call it: `ID`, `PORT`, `notRecording|failed`. */
  readonly value?: string;
  /** For help: what it does, and its default. */
  readonly help: string;
  readonly isRequired?: boolean;
  readonly isRepeatable?: boolean;
};

export type Options = { readonly [name: string]: Option };

/** What was given, by the option's name. */
export type Values = { readonly [name: string]: readonly string[] };

/** Reads the arguments of a command. @throws {UsageError} */
export function readArguments(command: string, args: readonly string[], options: Options): Values {
  const config = Object.fromEntries(
    Object.entries(options).map(([name, { value }]) => [
      name,
      { type: value === undefined ? ("boolean" as const) : ("string" as const), multiple: true },
    ]),
  );
  // Not strict: its messages are for developers. What it would refuse is refused below.
  const { tokens } = parseArgs({ args: [...args], options: config, strict: false, tokens: true, allowPositionals: true });
  const values: { [name: string]: string[] } = {};
  for (const token of tokens) {
    if (token.kind === "positional") throw new UsageError(`${command} takes options only, not ${JSON.stringify(token.value)}.`);
    if (token.kind !== "option") continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (option === undefined) throw unknownOption(command, token.rawName, options);
    values[token.name] = [...(values[token.name] ?? []), readValue(token.name, option, token, values)];
  }
  for (const [name, { isRequired, value }] of Object.entries(options)) {
    if (isRequired && values[name] === undefined) throw new UsageError(`${command} needs --${name} ${value}.`);
  }
  return values;
}

function readValue(
  name: string,
  { value, isRepeatable }: Option,
  given: { readonly value?: string | undefined; readonly inlineValue?: boolean | undefined },
  values: Values,
): string {
  if (values[name] !== undefined && !isRepeatable) throw new UsageError(`--${name} is given twice.`);
  if (value === undefined) {
    if (given.value !== undefined) throw new UsageError(`--${name} takes no value.`);
    return "";
  }
  // `--call --yes`: the value was forgotten.
  const isForgotten = given.value === undefined || given.value === "" || (given.value.startsWith("-") && given.inlineValue !== true);
  if (isForgotten) throw new UsageError(`--${name} needs a value: --${name} ${value}.`);
  return given.value as string;
}

function unknownOption(command: string, rawName: string, options: Options): UsageError {
  const known = Object.keys(options);
  if (!rawName.startsWith("--"))
    return new UsageError(`${command} has no option ${rawName}. See teams-recording-status ${command} --help.`);
  const described = describeUnknown(rawName.slice(2), known, "--").replace(/ It takes .*/, ` It takes --${known.join(", --")}.`);
  return new UsageError(`${command} has no option ${described}`);
}

/** The value of an option that is given at most once. */
export function one(values: Values, name: string): string | undefined {
  return values[name]?.[0];
}

/** Whether a switch is set. */
export function has(values: Values, name: string): boolean {
  return values[name] !== undefined;
}

/** The port of a server. @throws {UsageError} */
export function readPort(values: Values, otherwise: number): number {
  const text = one(values, "port");
  if (text === undefined) return otherwise;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`--port must be a number from 0 to 65535, not ${JSON.stringify(text)}.`);
}

/** For every server. */
export const portOption = (otherwise: number): Option => ({
  value: "PORT",
  help: `The port on 127.0.0.1; 0 takes a free one. Default: ${otherwise}.`,
});

/** For every command whose answer a program may read. */
export const jsonOption: Option = { help: "Prints JSON on stdout instead of text." };
