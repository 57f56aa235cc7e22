import type { AttemptRecord } from "./attempt-record.ts";
import type { JournalEntry } from "./journal.ts";
import type { RecordingOutcome } from "./outcome.ts";

/** One event in the trail of a journal, as both journals write it: plain JSON. */
export type TrailEvent =
  | ({ readonly type: "opened" } & JournalEntry)
  | { readonly type: "attempt"; readonly record: AttemptRecord }
  | ({ readonly type: "closed"; readonly id: string } & ClosedAs)
  /** Still open when older lines were removed from the trail. */
  | ({ readonly type: "carried" } & JournalEntry)
  /** A newer recording of the call was opened: its end is the end of this one, too. */
  | { readonly type: "replaced"; readonly id: string }
  /** The newer one never came to be: what it replaced is open again. */
  | ({ readonly type: "reopened"; readonly id: string } & Partial<JournalEntry>)
  /** Its end could not be reported. */
  | { readonly type: "released"; readonly id: string }
  /** A process took over what another one left. */
  | { readonly type: "claimed"; readonly id: string };

type ClosedAs = Pick<RecordingOutcome, "reason" | "reported"> & { readonly error: string | undefined };

/**
 * One plain line of a timeline, for people: when, who, what.
 *
 *     2026-11-26T10:22:02.123Z  to Graph  report "recording": answered 200, completed
 *
 * `by`: the instance that told it, where several write to the journal.
 */
export function trailLine(at: number, event: TrailEvent, by?: string): string {
  const [who, what] = tellEvent(event);
  const line = by ? `${what} (${by})` : what;
  return `${new Date(at).toISOString()}  ${who.padEnd(8)}  ${line.replace(breaking, escaped)}`;
}

/** What Graph or a recorder said may hold a line break, and what looks like a line of the trail after it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what it looks for.
const breaking = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function tellEvent(event: TrailEvent): readonly [who: string, what: string] {
  switch (event.type) {
    case "opened":
      return ["journal", 'opened: "recording" is about to be reported'];
    case "carried":
      return ["journal", `still open, since ${new Date(event.openedAt).toISOString()}; older lines were removed`];
    case "attempt":
      return tellAttempt(event.record);
    case "closed":
      return ["journal", tellClosed(event)];
    case "replaced":
      return ["journal", "replaced by a newer recording of the call"];
    case "reopened":
      return ["journal", "open again: the newer recording was refused"];
    case "released":
      return ["journal", "given up: its end could not be reported, recoverRecordings takes it from here"];
    case "claimed":
      return ["journal", "claimed: whoever opened it left its end unreported"];
    default:
      return event satisfies never;
  }
}

function tellAttempt({ kind, status, httpStatus, outcome }: AttemptRecord): readonly [string, string] {
  const what = status === undefined ? "poll" : `report "${status}"`;
  if (kind === "outcome") return ["client", `${what}: ended with ${outcome}`];
  return ["to Graph", `${what}: ${httpStatus === undefined ? "no answer" : `answered ${httpStatus}`}, ${outcome}`];
}

function tellClosed({ reason, reported, error }: ClosedAs): string {
  const end = reported === undefined ? "nothing was left to report" : `reported "${reported}"`;
  return `closed: ${reason}, ${end}${error === undefined ? "" : `; ${error}`}`;
}
