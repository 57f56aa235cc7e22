import { asNonEmptyString, refuseFor } from "../input/read.ts";
import { readRuntime } from "../input/read-runtime.ts";
import type { AttemptRecord } from "../model/attempt-record.ts";
import { JournalError } from "../model/errors.ts";
import type { JournalEntry, JournalHold, Orphan, RecordingJournal } from "../model/journal.ts";
import type { RecordingOutcome } from "../model/outcome.ts";
import { neverBegan } from "../model/outcome.ts";
import { isBag, own } from "../util/own.ts";
import type { ClientRuntime } from "../waiting/runtime.ts";
import { createClaimOrphans } from "./claim-orphans.ts";
import { type Connection, watchConnection } from "./connection.ts";
import { type JournalSettings, type RedisJournalOptions, readJournalOptions } from "./journal-options.ts";
import { createKeeper, type Keeper } from "./keeper.ts";
import { createLane, type Lane } from "./lane.ts";
import { forgetful, heldElsewhere, untoldEnds } from "./redis-errors.ts";
import { createRunScript } from "./run-script.ts";
import { createStore, type Store } from "./store.ts";
import { closedEvent, instanceOf, lineOf } from "./trail-lines.ts";

/**
 * A journal in Redis, shared by the instances of a bot. While Redis is not connected each of its functions rejects at once, and when Redis hangs,
 * after a quarter of `leaseMs`, at most 2 s; the errors are `JOURNAL`.
 */
export type RedisJournal = {
  /**
   * Writes down that `recording` is about to be reported for a call. Rejects when another instance records the call, alive as far as Redis knows.
   * What was rejected because Redis did not answer is taken back, as soon as it does.
   */
  opened(entry: JournalEntry): Promise<JournalHold>;
  /** Adds a record to the trail of its call. */
  attempt(record: AttemptRecord): Promise<void>;
  /** The recording needs nobody any more. What cannot be told to Redis is told again with each renewal, until Redis knows or the process ends. */
  closed(id: string, outcome: RecordingOutcome): Promise<void>;
  /** Whoever asks may claim the entry now, this process too. */
  released(id: string): Promise<void>;
  /** The name of the other instance that records a call at this instant. */
  holder(callId: string): Promise<string | undefined>;
  /**
   * Takes over what others left behind: entries whose lease is over. Waits until the connection has been ready for a little more than one `leaseMs`, so that owners
   * that live have renewed theirs when Redis comes back. Rejects when Redis is not connected, and when the journal is closed meanwhile.
   */
  claimOrphans(): Promise<readonly Orphan[]>;
  /**
   * What happened to a call, as plain lines, the oldest first. Times are those of Redis. The trail keeps about the last 1 000 events, for 30 days
   * after the last of them. Ids are compared as the service writes them: dashes and case of a GUID do not count.
   * @throws {BadInputError} code `BAD_INPUT`: the call's id is no text.
   */
  timeline(callId: string): Promise<readonly string[]>;
  /**
   * Stops renewing, so every hold is lost, and stops listening to the client, which stays open. Close the recording client first. What could not be
   * told to Redis is tried once more, and waits for a Redis that is away as long as an answer may take. Rejects when it does not know an end all
   * the same: another instance reports that call as `failed` then. Idempotent.
   */
  close(): Promise<void>;
};

/** Time and chance, as a test may pass them. */
export type RedisJournalRuntime = Pick<ClientRuntime, "monotonicNow" | "schedule" | "randomUUID">;

/** How long Redis may take to answer: a part of the lease, so that there is time for a second attempt. */
const shareOfLease = 1 / 4;
const longestAnswerMs = 2_000;

/**
 * Makes a journal in Redis for several instances of a bot, each with its own `instanceId`. Nothing is sent before it is used.
 *
 * An entry belongs to the instance that opened it for `leaseMs`, by the clock of Redis, and is renewed four times as often. An instance that
 * cannot renew stops persisting after three quarters of it, by its own monotonic clock: before anybody else can claim the entry. So no clock of
 * one machine is compared with that of another; but the clock of Redis must not be set forward in large steps, and a machine that is suspended as
 * a whole, whose own clock stands still, learns only from its next renewal that an entry was taken.
 *
 * Redis must not lose what it has confirmed: `appendonly yes`, `appendfsync always`, `maxmemory-policy noeviction`. One server of version 6.2 or
 * newer; no cluster, and no `SELECT` on the client. All keys begin with `{teams-recording-status}:`, whatever `keyPrefix` the client has; fleets that share a server need a
 * database each.
 *
 * The journal listens to the client's `error` event until it is closed, because the client ends the process when nobody does. Listen to it
 * yourself as well: the journal does not tell you of it.
 *
 * The second argument is for tests: clock and chance.
 * @throws {BadInputError} code `BAD_INPUT`: an option cannot be used.
 */
export function createRedisJournal(options: RedisJournalOptions, runtime: Partial<RedisJournalRuntime> = {}): RedisJournal {
  const settings = readJournalOptions(options);
  const time = readJournalRuntime(runtime);
  const { client, instanceId, leaseMs } = settings;
  const answerMs = Math.min(leaseMs * shareOfLease, longestAnswerMs);
  const store = createStore(createRunScript(client, answerMs, time), `${instanceId}:${time.randomUUID()}`, leaseMs);
  const connection = watchConnection({ client, leaseMs, runtime: time, onReady: () => void keeper.catchUp() });
  const { readyWithin } = connection;
  const keeper = createKeeper({ store, leaseMs, answerMs, runtime: time, isReady: () => client.isReady, readyWithin });
  return assemble({ store, keeper, connection, settings, runtime: time }) satisfies RecordingJournal;
}

/** Entries that are opened at once, and records that are added. */
const laneWidth = 64;

type Parts = {
  readonly store: Store;
  readonly keeper: Keeper;
  readonly connection: Connection;
  readonly settings: JournalSettings;
  readonly runtime: RedisJournalRuntime;
};

function assemble(parts: Parts): RedisJournal {
  const { store, keeper, connection } = parts;
  const { refuseIfClosed } = connection;
  const [openings, notes] = [createLane(laneWidth), createLane(laneWidth)];
  const claim = createClaimOrphans(parts);
  let closing: Promise<void> | undefined;
  return {
    opened: (entry) => open(parts, openings, entry),
    async attempt(record) {
      refuseIfClosed();
      await notes(() => store.note(record.callId, { type: "attempt", record }));
    },
    async closed(id, outcome) {
      refuseIfClosed();
      const event = closedEvent(id, outcome);
      const tell = () => store.close(id, neverBegan(outcome) ? "refused" : "reported", event);
      await keeper.close(id, { callId: outcome.callId, tell });
    },
    async released(id) {
      refuseIfClosed();
      await keeper.release(id, (number) => store.release(id, number, { type: "released", id }));
    },
    async holder(callId) {
      refuseIfClosed();
      const owner = await store.holder(callId);
      return owner === undefined ? undefined : instanceOf(owner);
    },
    claimOrphans: claim,
    async timeline(callId) {
      refuseIfClosed();
      const refuse = refuseFor("timeline");
      const call = asNonEmptyString(callId, "callId", refuse);
      if (call === undefined) throw refuse("callId is required.");
      return (await store.trail(call)).map(([at, json, by]) => lineOf(at, json, by));
    },
    close() {
      closing ??= shutDown(parts);
      return closing;
    },
  };
}

async function shutDown({ connection, keeper }: Parts): Promise<void> {
  connection.close();
  const untold = await keeper.stop();
  connection.leave();
  if (untold.length > 0) throw untoldEnds(untold);
}

async function open({ store, keeper, connection, settings, runtime }: Parts, lane: Lane, entry: JournalEntry): Promise<JournalHold> {
  connection.refuseIfClosed();
  const { id, callId } = entry;
  let begunAt = 0;
  const write = () => {
    begunAt = runtime.monotonicNow();
    return store.open(entry, "open");
  };
  const opened = await lane(write).catch((error) => {
    // It may have been written, or may yet be: nobody renews it, and it is taken back.
    const event = closedEvent(id, { callId, reason: "startFailed", reported: undefined, error });
    keeper.withdraw(id, () => store.close(id, "refused", event));
    throw error;
  });
  if (opened.standing === "ended") throw new JournalError(`The entry ${id} has had its end.`, { callId });
  if (opened.standing === "taken") throw heldElsewhere(callId, opened.by, settings.leaseMs);
  if (opened.standing === "forgetful") throw forgetful(callId, settings.leaseMs);
  if (opened.replaced !== undefined) keeper.replace(opened.replaced);
  return keeper.keep(entry, begunAt);
}

/** The runtime, whose own timers let the process end: a journal that was forgotten must not keep it alive. */
function readJournalRuntime(given: unknown): RedisJournalRuntime {
  const runtime = readRuntime(given, refuseFor("createRedisJournal"));
  return isBag(given) && own(given, "schedule") !== undefined ? runtime : { ...runtime, schedule: scheduleLoosely };
}

const scheduleLoosely: ClientRuntime["schedule"] = (callback, delayMs) => {
  const timer: unknown = setTimeout(callback, delayMs);
  // In browsers, and in workers, it is a number.
  if (isBag(timer) && typeof timer.unref === "function") timer.unref();
  return () => clearTimeout(timer as ReturnType<typeof setTimeout>);
};
