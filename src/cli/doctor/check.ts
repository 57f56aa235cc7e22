/** What became of one check. */
export type Check = {
  readonly name: string;
  readonly verdict: "ok" | "warn" | "fail";
  /** What was found. */
  readonly found: string;
  /** What to do; undefined where nothing needs to be done. */
  readonly todo?: string | undefined;
};

export const ok = (name: string, found: string): Check => ({ name, verdict: "ok", found });
export const warn = (name: string, found: string, todo: string): Check => ({ name, verdict: "warn", found, todo });
export const fail = (name: string, found: string, todo: string): Check => ({ name, verdict: "fail", found, todo });

/** One check as text: a line, and what to do below it. */
export function linesOf({ name, verdict, found, todo }: Check): string[] {
  const line = `${verdict.padEnd(4)}  ${name.padEnd(12)}  ${found}`;
  return todo === undefined ? [line] : [line, `${" ".repeat(20)}→ ${todo}`];
}
