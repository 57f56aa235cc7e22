import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { BadInput } from "../tool/bad-input.ts";

/** A change that no suite notices, and why that is right. */
export type ReviewedSurvivor = { readonly constraint: string; readonly change: string; readonly reason: string };

export const survivorsPath = "openapi/reviewed-survivors.yaml";

/** The reviewed list: none where there is no file; a clear refusal where an entry lacks something. */
export function readReviewedSurvivors(path: string): ReviewedSurvivor[] {
  if (!existsSync(path)) return [];
  const list: unknown = parse(readFileSync(path, "utf8")) ?? [];
  if (!Array.isArray(list)) throw new BadInput(`${survivorsPath} must be a list of entries with constraint, change and reason.`);
  for (const [index, entry] of list.entries()) {
    const missing = ["constraint", "change", "reason"].filter((key) => typeof entry?.[key] !== "string" || entry[key].trim() === "");
    if (missing.length > 0) throw new BadInput(`${survivorsPath}: entry ${index + 1} lacks ${missing.join(" and ")}.`);
  }
  return list as ReviewedSurvivor[];
}
