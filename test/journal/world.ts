// A client on a fake Graph with a journal that does what a test says. What it did, and what arrived at Graph, stands in one list.
import {
  type AttemptRecord,
  createRecordingClient,
  type JournalEntry,
  type Orphan,
  type RecordingClientOptions,
  type RecordingJournal,
  type RecordingOutcome,
} from "teams-recording-status";
import { createFakeGraph } from "teams-recording-status/testing";
import { outcome } from "../support/outcome.ts";

export const callId = "57dab8b1-894c-409a-b240-bd8beae78896";
/** The same call, as notifications spell it. */
export const otherSpelling = "57DAB8B1894C409AB240BD8BEAE78896";

/** How a journal of a test behaves; each may be replaced while it runs. */
export type Behaviour = {
  opened: (entry: JournalEntry) => unknown;
  attempt: (record: AttemptRecord) => unknown;
  closed: (id: string, outcome: RecordingOutcome) => unknown;
  released: (id: string) => unknown;
};

export function createWorld(options: Partial<RecordingClientOptions> = {}) {
  const fake = createFakeGraph();
  fake.addCall(callId);
  const steps: string[] = [];
  const entries: JournalEntry[] = [];
  const outcomes: RecordingOutcome[] = [];
  const orphans: Orphan[] = [];
  const records: AttemptRecord[] = [];
  const behaviour: Behaviour = { opened: () => {}, attempt: () => {}, closed: () => {}, released: () => {} };
  const nameOf = (id: string) => `e${entries.findIndex((entry) => entry.id === id) + 1}`;
  const journal = {
    opened(entry: JournalEntry) {
      entries.push(entry);
      steps.push(`opened e${entries.length}`);
      return behaviour.opened(entry);
    },
    attempt(record: AttemptRecord) {
      records.push(record);
      return behaviour.attempt(record);
    },
    closed(id: string, ended: RecordingOutcome) {
      outcomes.push(ended);
      steps.push(`closed ${nameOf(id)} ${ended.reason} ${ended.reported}`);
      return behaviour.closed(id, ended);
    },
    released(id: string) {
      steps.push(`released ${nameOf(id)}`);
      return behaviour.released(id);
    },
    claimOrphans: async () => orphans.splice(0),
    close() {
      steps.push("the journal is closed");
    },
  };
  const fetch: typeof fake.fetch = (url, init) => {
    if (init.method === "POST") steps.push(`sent ${JSON.parse(String(init.body)).status}`);
    return fake.fetch(url, init);
  };
  const { baseUrl, credential, clock } = fake;
  const make = (more: Partial<RecordingClientOptions> = {}) =>
    createRecordingClient(
      { baseUrl, credential, fetch, journal: journal as RecordingJournal, ...options, ...more } as RecordingClientOptions,
      clock,
    );
  const graph = make();
  const recorder = {
    start: () => void steps.push("recorder starts"),
    stop: () => void steps.push("recorder has stopped"),
  };
  /** A live recording. */
  const live = async (id = callId) => {
    const started = outcome(graph.startRecording(id, { recorder }));
    await clock.advance(0);
    if (started.value === undefined) throw started.error ?? new Error("The recording did not start.");
    return started.value;
  };
  /** An entry that another process left behind. */
  const leave = (id = callId, more: Partial<Orphan> = {}): JournalEntry => {
    const entry = { id: `left-${entries.length}`, callId: id, tenantId: undefined, openedAt: 1 };
    entries.push(entry);
    orphans.push({ ...entry, ...more });
    return entry;
  };
  return { fake, clock, graph, make, journal, behaviour, steps, entries, outcomes, orphans, records, recorder, live, leave };
}

/** Lets what was begun come as far as it can without time. */
export async function run<T>({ clock }: Pick<ReturnType<typeof createWorld>, "clock">, work: Promise<T>) {
  const seen = outcome(work);
  await clock.advance(0);
  return seen;
}

export { outcome };
