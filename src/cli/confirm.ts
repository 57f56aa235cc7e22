import { type Invocation, UsageError } from "./invocation.ts";
import { has, type Option, type Values } from "./options.ts";

export const yesOption: Option = { help: "Does it without asking; needed where nobody can be asked (no terminal)." };

/** Says what is about to be done, and asks. @throws {UsageError} nobody can be asked */
export async function confirm({ ask, err, signal }: Invocation, values: Values, about: readonly string[]): Promise<boolean> {
  for (const line of about) err(line);
  if (has(values, "yes")) return true;
  if (ask === undefined) throw new UsageError("This asks before it acts, and there is no terminal to ask at: say --yes. Nothing was sent.");
  const answer = await ask("Go on? [y/N] ");
  if (!signal.aborted && /^\s*y(es)?\s*$/i.test(answer ?? "")) return true;
  err("Nothing was sent.");
  signal.throwIfAborted();
  return false;
}
