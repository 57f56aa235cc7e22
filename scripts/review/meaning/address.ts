import type { Meaning } from "../change.ts";
import type { Difference } from "../differences/difference.ts";
import { asBefore } from "./values.ts";

export const sameHost: Meaning = { ...asBefore, why: "The name of a host has no case: it is the same address." };

/** Whether two addresses lead to the same place however their schemes and hosts are written (RFC 3986, section 6.2.2.1). A path has its case. */
export function isSameAddress({ base, revision }: Pick<Difference, "base" | "revision">): boolean {
  return typeof base === "string" && typeof revision === "string" && withoutCase(base) === withoutCase(revision);
}

/** What has a user's name, or a place for a variable, in it is left as it is: those have a case. */
function withoutCase(address: string): string {
  return address.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#@{}]*(?=[/?#]|$)/i, (host) => host.toLowerCase());
}
