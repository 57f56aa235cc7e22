// What the spec says today, for edits of it: so that a legitimate edit breaks no test of the tools.
import { readFileSync } from "node:fs";

const text = readFileSync(new URL("../../openapi/recording-status.yaml", import.meta.url), "utf8");

/** The longest context of a report. */
export const limitOf = (spec: string): number => Number(/maxLength: (\d+)/.exec(spec)?.[1]);
export const limit = limitOf(text);
/** What a bot may report, as it stands in the list. */
export const statusesOf = (spec: string): string => /enum: \[(notRecording, .+?)\]/.exec(spec)?.[1] ?? "";
export const statuses = statusesOf(text);
/** The same as a type: `"notRecording" | "recording"`. */
export const statusType = unionOf(statuses);
/** Without the last status that was there at first. */
export const fewerStatuses = statuses.replace(", failed", "");
export const fewerStatusesType = unionOf(fewerStatuses);

function unionOf(list: string): string {
  return list
    .split(", ")
    .map((one) => JSON.stringify(one))
    .join(" | ");
}
