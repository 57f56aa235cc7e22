// The audit trail: lines that a person can read, and whether the file is whole.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { createRecordingClient } from "teams-recording-status";
import { createSqliteJournal, readSqliteJournal } from "teams-recording-status/journal";
import { createFakeGraph } from "teams-recording-status/testing";
import { expect, test } from "vitest";
import { entry, openJournal, temporaryFolder } from "./sqlite-support.ts";
import { callId, outcome } from "./world.ts";

const ended = { callId: "any", reason: "stopped", reported: "notRecording", error: undefined } as const;

/** A journal of some calls, closed. */
async function written(calls = 40): Promise<string> {
  const { journal, path } = await openJournal();
  for (let i = 0; i < calls; i++) {
    await journal.opened(entry(`${i}`));
    journal.attempt({ kind: "report", callId: `call-${i}`, status: "recording", httpStatus: 200, outcome: "completed" } as never);
    if (i % 3 > 0) await journal.closed(`${i}`, ended);
  }
  await journal.close();
  return path;
}

/** What is wrong with a file: as opening says it, or as `verify` does. */
async function examine(path: string): Promise<string | undefined> {
  try {
    const { journal } = await openJournal(path);
    const { problem } = await journal.verify();
    await journal.close();
    return problem;
  } catch (error) {
    expect(error).toMatchObject({ code: "JOURNAL" });
    return (error as Error).message;
  }
}

function change(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
}

test("a timeline tells a recording, a crash and a recovery in plain lines, by the wall clock", async () => {
  const { clock, ...fake } = createFakeGraph();
  fake.addCall(callId);
  const path = join(temporaryFolder(), "recordings.db");
  let now = Date.UTC(2026, 10, 26, 12);
  const open = () => createSqliteJournal({ path }, { now: () => now++ });
  const connect = (journal: Awaited<ReturnType<typeof open>>) =>
    createRecordingClient({ baseUrl: fake.baseUrl, fetch: fake.fetch, credential: fake.credential, journal }, clock);
  const first = await open();
  const started = outcome(connect(first).startRecording(callId, { recorder: fake.recorder(callId) }));
  await clock.advance(0, { until: Promise.resolve() });
  await clock.advance(100);
  expect(started.value?.state).toBe("recording");
  await first.close();
  const next = await open();
  await clock.advance(0, { until: connect(next).recoverRecordings() });
  expect(await next.timeline(callId.toUpperCase())).toEqual([
    '2026-11-26T12:00:00.000Z  journal   opened: "recording" is about to be reported',
    '2026-11-26T12:00:00.001Z  to Graph  report "recording": answered 200, completed',
    "2026-11-26T12:00:00.002Z  journal   claimed: whoever opened it left its end unreported",
    '2026-11-26T12:00:00.003Z  to Graph  report "failed": answered 200, completed',
    '2026-11-26T12:00:00.004Z  journal   closed: recovered, reported "failed"',
  ]);
  expect([await next.timeline("another"), await next.verify()]).toEqual([[], { isWhole: true, rows: 5, problem: undefined }]);
  await next.close();
});

test.each([
  [
    "a text that was changed",
    `update trail set body = replace(body, 'completed', 'failed') where seq = 4`,
    "row 4 is not as it was written",
  ],
  ["a time that was changed", "update trail set at = at - 1 where seq = 7", "row 7 is not as it was written"],
  ["a row that is missing", "delete from trail where seq = 9", "row 9 is missing"],
  ["a first row that is missing", "delete from trail where seq = 1", "row 1 is missing"],
  [
    "two rows in each other's place",
    "update trail set seq = 0 where seq = 5; update trail set seq = 5 where seq = 6; update trail set seq = 6 where seq = 0",
    "row 5 is not as it was written",
  ],
])("verify finds %s", async (_, sql, problem) => {
  const path = await written();
  const reader = await readSqliteJournal({ path });
  expect((await reader.verify()).isWhole).toBe(true);
  await reader.close();
  change(path, sql);
  expect(await examine(path)).toContain(problem);
});

test("verify of the process that writes finds rows that are missing at the end, too", async () => {
  const { journal, path } = await openJournal();
  await journal.opened(entry("1"));
  await journal.opened(entry("2"));
  change(path, "delete from trail where seq = 2");
  expect(await journal.verify()).toMatchObject({ isWhole: false, problem: "row 2 is missing" });
});

test("a byte that was flipped is found, wherever it changes what is read", { timeout: 20_000 }, async () => {
  const path = await written();
  const whole = readFileSync(path);
  const rows = readRows(path);
  let changed = 0;
  // Every part of the file, its header and its pages' too; some places hold nothing.
  for (let place = 7; place < whole.length; place += 1_021) {
    const torn = Buffer.from(whole);
    torn[place] = (torn[place] as number) ^ 1;
    writeFileSync(path, torn);
    const found = await examine(path);
    writeFileSync(path, torn);
    if (readRows(path) === rows) continue;
    changed++;
    expect([place, found]).toEqual([place, expect.any(String)]);
  }
  expect(changed).toBeGreaterThan(10);
});

/** What another program reads. */
function readRows(path: string): string {
  const database = new DatabaseSync(path);
  try {
    return JSON.stringify(database.prepare("select * from trail order by seq").all());
  } catch (error) {
    return String(error);
  } finally {
    database.close();
  }
}

test("a file that was cut off is refused, wherever", async () => {
  const path = await written();
  const whole = readFileSync(path);
  for (const share of [0.1, 0.3, 0.5, 0.7, 0.9, 0.99]) {
    writeFileSync(path, whole.subarray(0, Math.floor(whole.length * share)));
    expect([share, await examine(path)]).toEqual([share, expect.stringContaining("is damaged")]);
  }
  writeFileSync(path, whole);
  expect(await examine(path)).toBeUndefined();
});

test("prune removes what is older, keeps what is open, and leaves a file that is whole", async () => {
  let now = 1_000;
  const path = join(temporaryFolder(), "recordings.db");
  const journal = await createSqliteJournal({ path }, { now: () => now });
  await journal.opened(entry("open"));
  await journal.opened(entry("closed"));
  await journal.closed("closed", ended);
  now = 2_000;
  await journal.opened(entry("young"));
  expect(await journal.prune({ before: new Date(500) })).toEqual({ removed: 0 });
  expect(await journal.prune({ before: 2_000 })).toEqual({ removed: 3 });
  expect(await journal.timeline("call-open")).toEqual([
    "1970-01-01T00:00:02.000Z  journal   still open, since 2026-01-01T00:00:00.000Z; older lines were removed",
  ]);
  expect([await journal.timeline("call-closed"), (await journal.timeline("call-young")).length]).toEqual([[], 1]);
  expect(await journal.verify()).toEqual({ isWhole: true, rows: 2, problem: undefined });
  expect(await journal.prune({ before: 9_000 })).toEqual({ removed: 2 });
  await journal.opened(entry("after"));
  await journal.close();
  const { journal: next } = await openJournal(path);
  expect((await next.claimOrphans()).map(({ id }) => id)).toEqual(["open", "young", "after"]);
  expect((await next.verify()).isWhole).toBe(true);
  await next.closed("open", ended);
  expect(await next.prune({ before: Date.now() + 1_000 })).toMatchObject({ removed: expect.any(Number) });
  await next.close();
  expect((await (await openJournal(path)).journal.claimOrphans()).map(({ id }) => id)).toEqual(["young", "after"]);
});

test.each([[undefined], [{}], [{ before: "yesterday" }], [{ before: new Date("no date") }], [{ before: 1, after: 2 }]])(
  "prune refuses %j",
  async (options) => {
    const { journal } = await openJournal();
    await expect(journal.prune(options as never)).rejects.toMatchObject({ code: "BAD_INPUT" });
  },
);
