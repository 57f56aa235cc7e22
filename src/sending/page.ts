import { readPathId } from "../input/call-input.ts";
import { asNonEmptyString, refuseFor } from "../input/read.ts";
import type { JournalError } from "../model/errors.ts";
import type { JournalEntry, JournalHold, Orphan } from "../model/journal.ts";
import type { ClosingStatus, RecordingOutcome } from "../model/outcome.ts";
import { isLost } from "./guard-hold.ts";

/** An entry of the journal that this client keeps, and what it has to know of it. */
export type Page = {
  readonly entry: JournalEntry;
  readonly hold: JournalHold | undefined;
  /** Of an entry that was claimed from a journal of one process: whether it is open at this instant. */
  readonly isStillOpen?: (() => boolean) | undefined;
  /** `open`: its recording is this client's. `released`: its end could not be reported. `over`: its end is known. */
  state: "open" | "released" | "over";
  /** How it ended, when it is over. */
  outcome?: RecordingOutcome | undefined;
  /** Whether an end was owed when it was opened: it still is when the report of this page is refused. */
  readonly isOwed: boolean;
  /** Whether `recording` may be in effect at Graph, by a report of this client. */
  mayBeInEffect: boolean;
  /** The closing statuses whose operations Graph's answers left open, by the operations' ids. */
  readonly open: Map<string, ClosingStatus>;
  /** The same of the page that it replaced: they count again when its own report is refused. */
  readonly openBefore: ReadonlyMap<string, ClosingStatus>;
  /** Records that the journal has not taken yet. */
  readonly underWay: Set<Promise<void>>;
  /** The first record that the journal did not take. */
  missed?: JournalError | undefined;
};

/** Whether it is of a recording of this client's that nobody else can have taken over. What was lost is of one that has ended for others. */
export function isHeld(page: Page | undefined): page is Page {
  return page?.state === "open" && !isLost(page.hold);
}

/** A page of an entry that was opened on top of an older page of its call. */
export function newPage(entry: JournalEntry, hold: JournalHold | undefined, older?: Page, isOwed = false): Page {
  const below = isHeld(older) ? older : undefined;
  return {
    entry,
    hold,
    state: "open",
    isOwed,
    mayBeInEffect: below?.mayBeInEffect ?? false,
    open: new Map(),
    openBefore: new Map(below?.open),
    underWay: new Set(),
  };
}

/** A page of what another process left behind. @throws when the journal has handed out what is no entry */
export function claimedPage(orphan: Orphan): Page {
  const refuse = refuseFor("an orphan");
  const { id, callId, tenantId, openedAt, isStillOpen } = orphan;
  if (typeof id !== "string" || id === "") throw refuse("id must be a non-empty string.");
  const call = readPathId(callId, "callId", refuse);
  const tenant = asNonEmptyString(tenantId ?? undefined, "tenantId", refuse);
  return { ...newPage({ id, callId: call, tenantId: tenant, openedAt }, asHold(orphan.hold)), mayBeInEffect: true, isStillOpen };
}

const functions = ["permits", "mayReport", "confirm", "onLost"] as const;

/** Only journals that several processes write to give one. @throws when it is half a hold */
export function asHold(value: unknown): JournalHold | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const hold = value as Partial<JournalHold>;
  const missing = functions.find((name) => typeof hold[name] !== "function") ?? (isFunctionOrNone(hold.leftMs) ? undefined : "leftMs");
  if (missing === undefined) return hold as JournalHold;
  throw new TypeError(`its hold has no function ${missing}.`);
}

const isFunctionOrNone = (value: unknown) => value === undefined || typeof value === "function";
