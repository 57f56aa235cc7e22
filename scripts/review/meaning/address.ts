import { isObject } from "../../spec/json.ts";
import type { Meaning } from "../change.ts";
import type { Difference } from "../differences/difference.ts";
import { exchangesNames } from "../differences/renames.ts";
import type { Context } from "./context.ts";
import { asBefore, major } from "./values.ts";

export const sameHost: Meaning = { ...asBefore, why: "The name of a host has no case: it is the same address." };

/** The client fills in the path by its names, so they count where they change their places. */
export const otherParts = major(
  "A name stands for another part of the path now: whoever fills in the path by name, as the client does, sends to another address.",
);

/** Whether a path has names that stand for other parts of it now, this one among them. */
export function standsElsewhere(names: readonly string[], { base, revision }: Pick<Context, "base" | "revision">): boolean {
  const [before, after] = [base.paths, revision.paths].map((paths) => Object.keys(isObject(paths) ? paths : {}));
  const isNamed = (path: string) => names.some((name) => path.includes(`{${name}}`));
  return (before ?? []).some((old) => isNamed(old) && after?.some((now) => isNamed(now) && exchangesNames(old, now)));
}

/** Whether two addresses lead to the same place however their schemes and hosts are written (RFC 3986, section 6.2.2.1). A path has its case. */
export function isSameAddress({ base, revision }: Pick<Difference, "base" | "revision">): boolean {
  return typeof base === "string" && typeof revision === "string" && withoutCase(base) === withoutCase(revision);
}

/** What has a user's name, or a place for a variable, in it is left as it is: those have a case. */
function withoutCase(address: string): string {
  return address.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#@{}]*(?=[/?#]|$)/i, (host) => host.toLowerCase());
}
