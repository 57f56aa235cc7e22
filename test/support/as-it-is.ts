// What the spec says today, for edits of it: so that a legitimate edit breaks no test of the tools.
import { readFileSync } from "node:fs";

const text = readFileSync(new URL("../../openapi/recording-status.yaml", import.meta.url), "utf8");

/** The longest context of a report. */
export const limit = Number(/maxLength: (\d+)/.exec(text)?.[1]);
/** What a bot may report, as it stands in the list. */
export const statuses = /enum: \[(notRecording, .+?)\]/.exec(text)?.[1] ?? "";
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
