// The journal in a file: what is open, whose it is, and what survives. Read back through a second journal, as the next process does it.
import { DatabaseSync } from "node:sqlite";
import { createSqliteJournal, readSqliteJournal } from "teams-recording-status/journal";
import { expect, test } from "vitest";
import { entry, openJournal, startProgram } from "./sqlite-support.ts";

const ended = { callId: "any", reason: "stopped", reported: "notRecording", error: undefined } as const;
const refused = { callId: "any", reason: "startFailed", reported: undefined, error: new Error("403") } as const;

const ids = (entries: readonly { readonly id: string }[]) => entries.map(({ id }) => id);

/** What the next process finds. */
async function reopen(journal: { close(): Promise<void> }, path: string) {
  await journal.close();
  const next = await openJournal(path);
  return { next: next.journal, orphans: await next.journal.claimOrphans() };
}

test("what is open when the process ends is an orphan of the next, once; what was closed is not", async () => {
  const { journal, path } = await openJournal();
  const first = { ...entry("1"), tenantId: "contoso" };
  await Promise.all([journal.opened(first), journal.opened(entry("2")), journal.opened(entry("3"))]);
  await journal.closed("2", ended);
  expect(await journal.claimOrphans()).toEqual([]);
  const { next, orphans } = await reopen(journal, path);
  expect(orphans).toMatchObject([first, entry("3")]);
  expect(await next.claimOrphans()).toEqual([]);
  await next.closed("1", ended);
  expect(ids((await reopen(next, path)).orphans)).toEqual(["3"]);
});

test("what is released is an orphan at once, for the same process, too", async () => {
  const { journal } = await openJournal();
  await journal.opened(entry("1"));
  await journal.released("1");
  await journal.released("1");
  expect([ids(await journal.claimOrphans()), await journal.claimOrphans()]).toEqual([["1"], []]);
});

test("a newer recording of the call replaces the older, in any spelling, also when both are opened at once", async () => {
  const { journal, path } = await openJournal();
  const call = "57dab8b1-894c-409a-b240-bd8beae78896";
  await journal.opened(entry("1", call));
  await Promise.all([journal.opened(entry("2", call.toUpperCase())), journal.opened(entry("3", call.replaceAll("-", "")))]);
  await journal.closed("1", ended);
  await journal.closed("2", ended);
  expect(ids((await reopen(journal, path)).orphans)).toEqual(["3"]);
});

test("an orphan that a refused start has replaced is an orphan again", async () => {
  const first = await openJournal();
  await first.journal.opened(entry("1", "call"));
  await first.journal.close();
  const { journal, path } = await openJournal(first.path);
  await journal.opened(entry("2", "call"));
  expect(await journal.claimOrphans()).toEqual([]);
  await journal.closed("2", refused);
  expect(ids(await journal.claimOrphans())).toEqual(["1"]);
  expect(ids((await reopen(journal, path)).orphans)).toEqual(["1"]);
});

test("one that this process keeps stays its own when a refused start has replaced it", async () => {
  const { journal } = await openJournal();
  await journal.opened(entry("1", "call"));
  await journal.opened(entry("2", "call"));
  await journal.closed("2", refused);
  expect(await journal.claimOrphans()).toEqual([]);
});

test("closing and releasing what is not there is no error", async () => {
  const { journal } = await openJournal();
  await journal.closed("nobody", ended);
  await journal.released("nobody");
  expect((await journal.verify()).rows).toBe(0);
});

test("a process that is killed leaves its entries and frees its lock; while it runs nobody else may write, by any name of the file", async () => {
  const { journal, path } = await openJournal();
  await journal.close();
  const holder = startProgram("journal-holder.ts", [path, "2"]);
  expect(await holder.line()).toBe("open");
  const alias = `${path}-alias`;
  (await import("node:fs")).symlinkSync(path, alias);
  for (const name of [path, alias])
    await expect(createSqliteJournal({ path: name })).rejects.toMatchObject({
      code: "JOURNAL",
      message: expect.stringContaining("belongs to a process that is running"),
    });
  const reader = await readSqliteJournal({ path });
  expect([await reader.verify(), (await reader.timeline("call-1")).length]).toEqual([{ isWhole: true, rows: 2, problem: undefined }, 1]);
  await reader.close();
  await holder.kill();
  const { journal: next } = await openJournal(path);
  expect(ids(await next.claimOrphans())).toEqual(["1", "2"]);
});

test("what opened has resolved for is in the file, as another program reads it at that instant", async () => {
  const { journal, path } = await openJournal();
  const outside = new DatabaseSync(path, { readOnly: true });
  const count = () => outside.prepare("select count(*) as rows from trail").get()?.rows;
  const opening = journal.opened(entry("1"));
  expect(count()).toBe(0);
  await opening;
  expect(count()).toBe(1);
  journal.attempt({ callId: "call-1", kind: "report" } as never);
  expect(count()).toBe(2);
  outside.close();
});

test("2,000 that are opened at once are all there", async () => {
  const { journal, path } = await openJournal();
  await Promise.all(Array.from({ length: 2_000 }, (_, i) => journal.opened(entry(`${i}`))));
  expect((await reopen(journal, path)).orphans).toHaveLength(2_000);
});

test("a closed journal says so", async () => {
  const { journal } = await openJournal();
  const opening = journal.opened(entry("1"));
  await journal.close();
  await journal.close();
  await expect(opening).resolves.toBeUndefined();
  for (const call of [() => journal.opened(entry("2")), () => journal.claimOrphans(), () => journal.timeline("x"), () => journal.verify()])
    await expect(call()).rejects.toMatchObject({ code: "JOURNAL", message: expect.stringContaining("is closed") });
});
