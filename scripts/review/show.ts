import type { Json, JsonObject } from "../spec/document.ts";
import { isObject, type Path, resolve, valueAt } from "../spec/json.ts";
import type { Difference } from "./differences/difference.ts";
import { showDemand } from "./meaning/security.ts";

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

/** What was done at a place, in a few words. */
export function showDifference({ change, path, holder, base, revision, from }: Difference): string {
  switch (change) {
    case "added":
      return holder === "list:schema" ? "added" : `added${shortly(revision, ", ")}`;
    case "removed":
      return holder === "list:schema" ? "removed" : `removed${shortly(base, ", was ")}`;
    case "renamed":
      return `renamed from ${from}`;
    case "rewritten":
      return showRewritten(base, revision);
    case "moved":
      return "moved between the path and its operations";
    case "reordered":
      return "another order";
    case "wording":
      return "other words";
    case "changed":
      return path.at(-1) === "security" ? `${showDemand(base)} → ${showDemand(revision)}` : showChange(base, revision);
  }
}

function showRewritten(base: Json | undefined, revision: Json | undefined): string {
  if (!isObject(base) || !isObject(revision)) return showChange(base, revision);
  if (base.$ref !== undefined && revision.$ref !== undefined) return `${base.$ref} → ${revision.$ref}`;
  return "built in another way";
}

/** A value that says more than that it is there. */
function shortly(value: Json | undefined, before: string): string {
  const text = JSON.stringify(value) ?? "";
  return text === "" || isObject(value) || text.length > 60 ? "" : `${before}${text}`;
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
    return [nameOf(member) ?? `${key + 1}`];
  });
  return words.join(" › ");
}

/** Levels that every reader knows to be there. */
const noise = ["components", "paths", "content", "application/json"];

function nameOf(member: Json | undefined): string | undefined {
  if (!isObject(member)) return typeof member === "string" ? member : undefined;
  const { "x-cloud": cloud, name, version, $ref, url } = member;
  if (isObject(cloud) && cloud.name !== undefined && cloud.version !== undefined) return `${cloud.name} ${cloud.version}`;
  if (name !== undefined) return [name, version].filter((one) => one !== undefined).join(" ");
  const label = $ref ?? url;
  return label === undefined ? undefined : `${label}`;
}
