import type { Json, JsonObject } from "../spec/document.ts";
import { isObject, type Path, resolve, valueAt } from "../spec/json.ts";

/** Two values, long ones from just before the place where they begin to differ. */
export function showChange(base: Json | undefined, revision: Json | undefined): string {
  const [before, after] = [JSON.stringify(base) ?? "nothing", JSON.stringify(revision) ?? "nothing"];
  if (before.length <= 80 && after.length <= 80) return `${before} → ${after}`;
  let same = 0;
  while (same < before.length && before[same] === after[same]) same++;
  const from = Math.max(0, same - 20);
  const cut = (text: string) => `${from > 0 ? "…" : ""}${text.slice(from, from + 60)}${text.length > from + 60 ? "…" : ""}`;
  return `${cut(before)} → ${cut(after)}`;
}

/** The first line of a text, cut where it would fill a screen. */
export function firstLine(text: string): string {
  const [line = ""] = text.split("\n");
  return line.length <= 240 ? line : `${line.slice(0, 240)}…`;
}

/** Where a change is, in the words of the document in which the path leads there: members of lists by their names. */
export function subject(path: Path, document: JsonObject): string {
  const words = path.flatMap((key, index) => {
    if (typeof key === "string") return noise.includes(`${key}`) && index < path.length - 1 ? [] : [key];
    const here = path.slice(0, index + 1);
    const member = resolve(document, valueAt(document, here));
    return [(path[index - 1] === "security" ? requirement(member) : nameOf(member)) ?? `${key + 1}`];
  });
  return words.join(" › ");
}

/** Levels that every reader knows to be there. */
const noise = ["components", "paths", "content", "application/json"];

/** Such as "graphApplication Calls.AccessMedia.All". */
function requirement(member: Json | undefined): string | undefined {
  if (!isObject(member)) return undefined;
  const schemes = Object.entries(member).map(([scheme, scopes]) => [scheme, ...[scopes].flat()].join(" "));
  return schemes.length === 0 ? "no token" : schemes.join(" and ");
}

function nameOf(member: Json | undefined): string | undefined {
  if (!isObject(member)) return typeof member === "string" ? member : undefined;
  const { "x-cloud": cloud, name, version, $ref, url } = member;
  if (isObject(cloud) && cloud.name !== undefined && cloud.version !== undefined) return `${cloud.name} ${cloud.version}`;
  if (name !== undefined) return [name, version].filter((one) => one !== undefined).join(" ");
  const label = $ref ?? url;
  return label === undefined ? undefined : `${label}`;
}
