import type { Json, JsonObject } from "../spec/document.ts";
import { isObject } from "../spec/json.ts";
import type { Verdict } from "./change.ts";
import { orderOnly } from "./classify-schema.ts";
import type { Difference } from "./differences.ts";

/** Clouds decide where a token goes: whatever takes one away or moves it breaks callers. */
export function classifyCloud({ change, path, holder, revision }: Difference, documents: { readonly base: JsonObject }): Verdict {
  const key = `${path.at(-1)}`;
  if (path.includes("x-unsupported-clouds")) return refusal({ change, key, holder, revision }, documents.base);
  if (change === "reordered") return { side: "caller", bump: "patch", why: "The first server is the one that tools show first." };
  // A list of its own replaces the one above it.
  const isServer = holder === "list:server";
  if (isServer && change === "added") return { side: "caller", bump: "minor", why: "Callers can choose one cloud or version more." };
  if (isServer && change === "removed") return { side: "caller", bump: "major", why: "Callers in that cloud or version are refused." };
  return { side: "caller", bump: "major", why: "Callers send to another place, or get their token from or for another one." };
}

function refusal(
  { change, key, holder, revision }: Pick<Difference, "change" | "holder" | "revision"> & { key: string },
  base: JsonObject,
): Verdict {
  if (key === "reason" && change === "changed") return { side: "caller", bump: "patch", why: "Callers read another reason." };
  if (change === "reordered") return orderOnly;
  if (change === "added" && holder === "list:unsupportedCloud") {
    if (served(revision, base)) return { side: "caller", bump: "major", why: "Callers in that cloud are refused now." };
    return { side: "caller", bump: "minor", why: "Callers get a reason where they got none." };
  }
  if (change === "removed" && holder === "list:unsupportedCloud")
    return { side: "caller", bump: "minor", why: "The client no longer knows the cloud, and no longer says why it is refused." };
  return { side: "caller", bump: "major", why: "Another cloud or version is refused." };
}

/** Whether the base serves what is refused now: the cloud, or the version of it. */
function served(entry: Json | undefined, { servers }: JsonObject): boolean {
  const { name, version } = isObject(entry) ? entry : {};
  const clouds = (Array.isArray(servers) ? servers : []).map((server) => (isObject(server) ? server["x-cloud"] : undefined));
  return clouds.some((cloud) => isObject(cloud) && cloud.name === name && (version === undefined || cloud.version === version));
}
