import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { BadInput } from "../tool/bad-input.ts";
import type { Comparison } from "./compare.ts";
import type { Format, Metadata } from "./model.ts";
import type { Difference } from "./notebook.ts";

/** A difference that we chose. */
export type Reviewed = {
  /** Letter for letter as `npm run drift` names it. */
  readonly difference: string;
  /** The formats in which Microsoft always says it so: there it must occur, or the entry is out of date. */
  readonly in: readonly Format[];
  /** The formats in which some documents say it so, and others do not. */
  readonly sometimesIn: readonly Format[];
  readonly reason: string;
  readonly source: string;
};

export const reviewedPath = "openapi/reviewed-differences.yaml";

/** The reviewed list of a repository: none where there is no file; a clear refusal where an entry lacks something. */
export function readReviewedDifferences(root: string): Reviewed[] {
  const path = root + reviewedPath;
  if (!existsSync(path)) return [];
  const list = parseList(readFileSync(path, "utf8"));
  const entries = list.map((entry, index) => checked(entry, index + 1));
  const twice = entries.find(({ difference }, index) => entries.findIndex((one) => one.difference === difference) !== index);
  if (twice !== undefined) throw new BadInput(`${reviewedPath}: the entry ${JSON.stringify(twice.difference)} is there twice.`);
  return entries;
}

function parseList(text: string): unknown[] {
  try {
    const list: unknown = parse(text) ?? [];
    if (Array.isArray(list)) return list;
  } catch (error) {
    const message = error instanceof Error ? error.message.split("\n")[0] : `${error}`;
    throw new BadInput(`${reviewedPath} is not valid YAML: ${message}`);
  }
  throw new BadInput(`${reviewedPath} must be a list of entries with difference, in or sometimesIn, reason and source.`);
}

function checked(entry: unknown, number: number): Reviewed {
  const fields = (typeof entry === "object" && entry !== null ? entry : {}) as Record<string, unknown>;
  const missing = ["difference", "reason", "source"].filter((key) => typeof fields[key] !== "string" || `${fields[key]}`.trim() === "");
  const formats = [fields.in ?? [], fields.sometimesIn ?? []];
  if (formats.flat().length === 0) missing.push("in or sometimesIn");
  if (missing.length > 0) throw new BadInput(`${reviewedPath}: entry ${number} lacks ${missing.join(" and ")}.`);
  const strange = formats.flat().find((one) => one !== "csdl" && one !== "openapi");
  if (strange !== undefined || !formats.every(Array.isArray))
    throw new BadInput(`${reviewedPath}: entry ${number} must name its formats in a list of csdl and openapi.`);
  return { ...(fields as Reviewed), in: formats[0] as Format[], sometimesIn: formats[1] as Format[] };
}

export type Sorted = {
  readonly open: readonly Difference[];
  readonly accepted: readonly (Difference & { readonly reason: string; readonly source: string })[];
  /** Entries that no longer occur, though both sides have what they speak of. */
  readonly outdated: readonly Reviewed[];
};

/** Which of the differences were chosen, and which entries have had their day. */
export function sortOut({ differences, compared }: Comparison, reviewed: readonly Reviewed[], { format, microsofts }: Metadata): Sorted {
  const concerning = reviewed.filter((entry) => entry.in.includes(format) || entry.sometimesIn.includes(format));
  const entries = new Map(concerning.map((entry) => [entry.difference, entry]));
  const found = new Set(differences.map(({ text }) => text));
  const final = new Set(differences.filter((one) => one.final).map(({ at }) => at));
  const outdated = reviewed.filter((entry) => {
    const at = subjectOf(entry.difference);
    const isJudged = [...compared].some((one) => one === at || at.startsWith(`${one}.`)) && !final.has(at);
    return microsofts && entry.in.includes(format) && isJudged && !found.has(entry.difference);
  });
  return {
    open: differences.filter(({ text }) => !entries.has(text)),
    accepted: differences.flatMap((one) => {
      const entry = entries.get(one.text);
      return entry === undefined ? [] : [{ ...one, reason: entry.reason, source: entry.source }];
    }),
    outdated,
  };
}

/** `commsOperation.status` of `commsOperation.status may be null in the spec only`. */
function subjectOf(text: string): string {
  return /^[A-Z]+ \S+|^\S+/.exec(text)?.[0] ?? text;
}
