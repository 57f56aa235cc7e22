// What a stranger broke once in the file of a journal: links, half of a file, files of others, and what comes together by chance.
import { copyFileSync, existsSync, linkSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { createRecordingClient } from "teams-recording-status";
import { createSqliteJournal, readSqliteJournal } from "teams-recording-status/journal";
import { createFakeGraph } from "teams-recording-status/testing";
import { expect, test } from "vitest";
import { entry, openJournal, temporaryFolder } from "./sqlite-support.ts";
import { callId, outcome } from "./world.ts";

const ended = { callId: "any", reason: "stopped", reported: "notRecording", error: undefined } as const;
const refused = { callId: "any", reason: "startFailed", reported: undefined, error: new Error("403") } as const;
const refusal = (message: string) => expect.objectContaining({ code: "JOURNAL", message: expect.stringContaining(message) });

test("a link that leads nowhere yet is one name of one file", async () => {
  const folder = temporaryFolder();
  const link = join(folder, "link.db");
  symlinkSync("real.db", link);
  const { journal } = await openJournal(link);
  await journal.opened(entry("1"));
  for (const path of [link, join(folder, "real.db")])
    await expect(createSqliteJournal({ path })).rejects.toEqual(refusal("belongs to a process that is running"));
});

test("a file with two names is refused", async () => {
  const { journal, path } = await openJournal();
  await journal.close();
  linkSync(path, `${path}-too`);
  for (const name of [path, `${path}-too`]) await expect(createSqliteJournal({ path: name })).rejects.toEqual(refusal("has 2 names"));
  rmSync(`${path}-too`);
  await openJournal(path);
});

/** A file as a crash leaves it: with its log. */
function withLog(fill: (database: DatabaseSync) => void): string {
  const folder = temporaryFolder();
  const [from, to] = [join(folder, "from.db"), join(folder, "to.db")];
  const database = new DatabaseSync(from);
  database.exec("pragma journal_mode = wal; pragma wal_autocheckpoint = 0");
  fill(database);
  for (const part of ["", "-wal"]) copyFileSync(from + part, to + part);
  database.close();
  return to;
}

test("a file of another program stays as it is, its log as well", async () => {
  const path = withLog((database) => database.exec("create table theirs (a); insert into theirs values (1)"));
  const before = ["", "-wal"].map((part) => readFileSync(path + part));
  await expect(createSqliteJournal({ path })).rejects.toEqual(refusal("but no journal"));
  expect(["", "-wal"].map((part) => readFileSync(path + part))).toEqual(before);
  expect(existsSync(`${path}-lock`)).toBe(false);
});

test("a damaged journal stays as it is, its log as well", async () => {
  const { journal, path } = await openJournal();
  for (const id of ["1", "2", "3"]) await journal.opened(entry(id));
  const shell = new DatabaseSync(path);
  shell.exec("update trail set at = 0 where seq = 2");
  const torn = join(temporaryFolder(), "torn.db");
  for (const part of ["", "-wal"]) copyFileSync(path + part, torn + part);
  shell.close();
  const before = ["", "-wal"].map((part) => readFileSync(torn + part));
  await expect(createSqliteJournal({ path: torn })).rejects.toEqual(refusal("row 2 is not as it was written"));
  expect(["", "-wal"].map((part) => readFileSync(torn + part))).toEqual(before);
});

test("an entry that comes back after a prune is whole for the next process", async () => {
  const first = await openJournal();
  await first.journal.opened(entry("left", "call"));
  await first.journal.close();
  const { journal, path } = await openJournal(first.path);
  await journal.opened(entry("new", "call"));
  await journal.prune({ before: Date.now() + 1_000 });
  await journal.closed("new", refused);
  await journal.close();
  const next = await openJournal(path);
  expect((await next.journal.claimOrphans()).map(({ id }) => id)).toEqual(["left"]);
});

test("a claimed entry that was given up while it was replaced is an orphan when it comes back; one that had its end is not", async () => {
  const first = await openJournal();
  for (const id of ["given-up", "over"]) await first.journal.opened(entry(id));
  await first.journal.close();
  const { journal } = await openJournal(first.path);
  expect(await journal.claimOrphans()).toHaveLength(2);
  for (const id of ["given-up", "over"]) await journal.opened(entry(`new-${id}`, `call-${id}`));
  await journal.released("given-up");
  await journal.closed("over", ended);
  for (const id of ["given-up", "over"]) await journal.closed(`new-${id}`, refused);
  expect((await journal.claimOrphans()).map(({ id }) => id)).toEqual(["given-up"]);
});

test("what was claimed is not reported when another client on the journal has begun anew meanwhile", async () => {
  const first = await openJournal();
  await first.journal.opened(entry("left", callId));
  await first.journal.close();
  const { journal } = await openJournal(first.path);
  const { clock, ...fake } = createFakeGraph();
  fake.addCall(callId);
  const { baseUrl, credential, fetch } = fake;
  const graph = createRecordingClient({ baseUrl, credential, fetch, journal: { ...journal, claimOrphans } }, clock);
  // In the moment in which it was handed out.
  async function claimOrphans() {
    const claimed = await journal.claimOrphans();
    await journal.opened(entry("newer", callId));
    return claimed;
  }
  const recovered = outcome(graph.recoverRecordings());
  await clock.advance(60_000, { until: new Promise((resolve) => setTimeout(resolve, 50)) });
  expect(recovered.value).toMatchObject([{ reported: undefined, error: { code: "JOURNAL" } }]);
  expect(fake.history.filter(({ type }) => type === "report")).toEqual([]);
});

test("verify is not misled by a prune, nor by the journal's end", async () => {
  const { journal, path } = await openJournal();
  for (let i = 0; i < 2_500; i++) journal.attempt({ kind: "report", callId: `call-${i}` } as never);
  const reader = await readSqliteJournal({ path });
  const verifying = [journal.verify(), reader.verify()];
  await journal.prune({ before: Date.now() + 1_000 });
  await journal.close();
  expect(await Promise.all(verifying)).toMatchObject([{ isWhole: true }, { isWhole: true }]);
  await reader.close();
  await reader.close();
  await expect(reader.verify()).rejects.toEqual(refusal("is closed"));
  await expect(reader.timeline("call")).rejects.toEqual(refusal("is closed"));
});

test("a log that somebody removed: nothing is opened any more", async () => {
  const { journal, path } = await openJournal();
  await journal.opened(entry("1"));
  rmSync(`${path}-wal`);
  await expect(journal.opened(entry("2"))).rejects.toEqual(refusal("is not there any more"));
});

test("what Graph or a recorder says cannot add lines to a timeline", async () => {
  const { journal } = await openJournal();
  journal.attempt({ kind: "report", callId: "call", status: "recording", httpStatus: 200, outcome: "odd\n2026  journal  closed" } as never);
  expect(await journal.timeline("call")).toEqual([expect.stringMatching(/answered 200, odd\\u000a2026 {2}journal {2}closed$/)]);
});

test("a lock that is none", async () => {
  const { journal, path } = await openJournal();
  await journal.close();
  copyFileSync(new URL(import.meta.url), `${path}-lock`);
  await expect(createSqliteJournal({ path })).rejects.toEqual(refusal("is no lock of a journal"));
});
