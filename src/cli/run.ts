import { isRecordingStatusError } from "../model/any-error.ts";
import { describeUnknown } from "../util/nearest-name.ts";
import type { Command } from "./command.ts";
import { audit } from "./commands/audit.ts";
import { doctor } from "./commands/doctor.ts";
import { fake } from "./commands/fake.ts";
import { mock } from "./commands/mock.ts";
import { proxy } from "./commands/proxy.ts";
import { recover } from "./commands/recover.ts";
import { set } from "./commands/set.ts";
import { commandHelp, programHelp } from "./help.ts";
import { exit, Interrupted, type Invocation, UsageError } from "./invocation.ts";
import { readArguments } from "./options.ts";
import { errorLine } from "./tell-error.ts";

const commands: readonly Command[] = [mock, fake, proxy, set, recover, audit, doctor];

/** Runs what the arguments ask for, and resolves with the exit code. Whatever goes wrong is one line on stderr. */
export async function runCli(given: Invocation): Promise<number> {
  const { signal } = given;
  const err = (line: string) => given.err(visible(line));
  try {
    return await dispatch({ ...given, err, out: (line) => given.out(visible(line)) }, given.out);
  } catch (error) {
    if (error !== signal.reason) err(errorLine(error));
    // Whatever was thrown then, the person at the keyboard ended it.
    if (signal.reason instanceof Interrupted) {
      err(signal.reason.message);
      return signal.reason.exitCode;
    }
    return codeOf(error);
  }
}

/**
 * A line whose ids, paths and words from others cannot move the cursor, colour the terminal or begin a line of their own: the person must read
 * what is about to be done as it is. Within JSON the escapes mean the same.
 */
function visible(line: string): string {
  return line.replace(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** `out` takes texts of many lines, which are ours. */
async function dispatch(invocation: Invocation, out: Invocation["out"]): Promise<number> {
  const { args, version } = invocation;
  const [name, ...rest] = args;
  if (name === "--version" || name === "-v") return say(out, version);
  if (name === undefined) throw new UsageError(`Say which command: ${names()}. --help says more.`);
  if (name === "--help" || name === "-h" || (name === "help" && rest.length === 0)) return say(out, programHelp(commands, version));
  const wanted = name === "help" ? rest[0] : name;
  const command = commands.find((one) => one.name === wanted);
  if (command === undefined) {
    const known = commands.map((one) => one.name);
    throw new UsageError(`There is no command ${describeUnknown(wanted ?? "", known)}`.replace(" It takes", " There are"));
  }
  if (name === "help" || rest.includes("--help") || rest.includes("-h")) return say(out, commandHelp(command));
  return command.run(invocation, readArguments(command.name, rest, command.options));
}

function say(out: Invocation["out"], text: string): number {
  out(text);
  return exit.ok;
}

function names(): string {
  return commands.map(({ name }) => name).join(", ");
}

/** Who typed something wrong, or lacks something, gets 2: nothing was found out. What Graph or a journal refused is an answer. */
function codeOf(error: unknown): number {
  if (error instanceof UsageError) return exit.usage;
  if (!isRecordingStatusError(error)) return exit.usage;
  return ["BAD_INPUT", "UNSUPPORTED_CLOUD", "CREDENTIAL"].includes(error.code) ? exit.usage : exit.bad;
}
