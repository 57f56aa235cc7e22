import type { RecordingOutcome } from "../model/outcome.ts";
import { type TrailEvent, trailLine } from "../model/trail.ts";
import { cut } from "../util/redact.ts";
import { showError } from "../util/show-error.ts";

/** What the trail says of an end. */
export function closedEvent(id: string, { reason, reported, error }: RecordingOutcome): TrailEvent {
  return { type: "closed", id, reason, reported, error: error === undefined ? undefined : cut(showError(error)) };
}

/** The name of the instance that an owner is. */
export function instanceOf(owner: string): string {
  return owner.slice(0, owner.lastIndexOf(":"));
}

/** The line of an event in Redis, which somebody else may have written there. */
export function lineOf(at: number, json: string, by: string): string {
  try {
    return trailLine(at, JSON.parse(json) as TrailEvent, instanceOf(by));
  } catch {
    return `${new Date(at).toISOString()}  journal   (an event that cannot be read)`;
  }
}
