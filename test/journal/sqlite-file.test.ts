// What can be wrong with a file: one clear error, and nothing in it is changed.
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createRecordingClient } from "teams-recording-status";
import { createSqliteJournal, readSqliteJournal } from "teams-recording-status/journal";
import { createFakeGraph } from "teams-recording-status/testing";
import { expect, test } from "vitest";
import { entry, openJournal, startProgram, temporaryFolder } from "./sqlite-support.ts";

const refusal = (message: string) => expect.objectContaining({ code: "JOURNAL", message: expect.stringContaining(message) });

test.each([
  ["nothing", undefined],
  ["no path", {}],
  ["an empty path", { path: "" }],
  ["a number", { path: 5 }],
  ["a database in memory", { path: ":memory:" }],
  ["a URI", { path: "file::memory:" }],
  ["another option", { path: "x", readonly: true }],
])("%s is refused", async (_, options) => {
  for (const open of [createSqliteJournal, readSqliteJournal])
    await expect(open(options as never)).rejects.toMatchObject({ code: "BAD_INPUT" });
});

test.each([
  ["a text", "this is no database, but a text of some length\n".repeat(100), "is damaged"],
  ["a picture", Buffer.from("89504e470d0a1a0a0000000d49484452".repeat(400), "hex"), "is damaged"],
])("%s is refused, and stays as it is", async (_, content, message) => {
  const path = join(temporaryFolder(), "file");
  writeFileSync(path, content);
  await expect(createSqliteJournal({ path })).rejects.toEqual(refusal(message));
  expect(readFileSync(path)).toEqual(Buffer.from(content));
});

test("the database of another program is refused, and stays as it is", async () => {
  const path = join(temporaryFolder(), "other.db");
  const other = new DatabaseSync(path);
  other.exec("create table trail (seq integer)");
  other.close();
  const before = readFileSync(path);
  for (const open of [createSqliteJournal, readSqliteJournal]) await expect(open({ path })).rejects.toEqual(refusal("but no journal"));
  expect(readFileSync(path)).toEqual(before);
});

test("a file of a newer version is refused", async () => {
  const { journal, path } = await openJournal();
  await journal.close();
  const newer = new DatabaseSync(path);
  newer.exec("pragma user_version = 2");
  newer.close();
  for (const open of [createSqliteJournal, readSqliteJournal])
    await expect(open({ path })).rejects.toEqual(refusal("written by another version of this library: 2 instead of 1"));
});

test("a folder that is not there, and a folder in the place of the file", async () => {
  const folder = temporaryFolder();
  await expect(createSqliteJournal({ path: join(folder, "none", "recordings.db") })).rejects.toEqual(refusal("cannot be used"));
  mkdirSync(join(folder, "sub"));
  await expect(createSqliteJournal({ path: join(folder, "sub") })).rejects.toEqual(refusal("is no file"));
  await expect(readSqliteJournal({ path: join(folder, "none.db") })).rejects.toEqual(refusal("cannot be used"));
});

test("a second journal on the file, in the same process", async () => {
  const { path } = await openJournal();
  await expect(createSqliteJournal({ path })).rejects.toEqual(refusal("belongs to a process that is running"));
});

test("what failed to open holds no lock", async () => {
  const { journal, path } = await openJournal();
  await journal.close();
  const whole = readFileSync(path);
  writeFileSync(path, "no database at all, whatever comes next".repeat(50));
  await expect(createSqliteJournal({ path })).rejects.toEqual(refusal("is damaged"));
  writeFileSync(path, whole);
  await openJournal(path);
});

const replace = (path: string) => {
  renameSync(path, `${path}.old`);
  writeFileSync(path, "");
};

test.each([
  ["removed", (path: string) => rmSync(path), "is not there any more"],
  ["replaced", replace, "was replaced by another one"],
])("a file that is %s under the journal: nothing is opened any more", async (_, act, message) => {
  const { journal, path } = await openJournal();
  await journal.opened(entry("1"));
  act(path);
  await expect(journal.opened(entry("2"))).rejects.toEqual(refusal(message));
});

test("a lock that somebody removed: whoever opened the file first writes nothing more", async () => {
  const { journal, path } = await openJournal();
  await journal.opened(entry("1"));
  rmSync(`${path}-lock`);
  const second = await openJournal(path);
  await expect(journal.opened(entry("2"))).rejects.toEqual(refusal("was opened by another process"));
  expect(() => journal.attempt({ callId: "call-1" } as never)).toThrow(refusal("was opened by another process"));
  await second.journal.opened(entry("3"));
  expect((await second.journal.verify()).isWhole).toBe(true);
});

test("a full disk: JOURNAL, nothing was sent, what was written stays whole, and room that is made is used", {
  timeout: 20_000,
}, async () => {
  const path = join(temporaryFolder(), "recordings.db");
  const program = fileURLToPath(new URL("full-disk.ts", import.meta.url));
  // The shell's limit on the size of a file stands for the end of a disk.
  const command = `ulimit -S -f 200 && exec "$0" "$@"`;
  const { stdout } = await promisify(execFile)("sh", ["-c", command, process.execPath, program, path]);
  const seen = JSON.parse(stdout);
  expect(seen).toEqual({ code: "JOURNAL", started: expect.any(Number), sent: seen.started, isWhole: true });
  expect(seen.started).toBeGreaterThan(3);
  const { journal } = await openJournal(path);
  expect((await journal.claimOrphans()).length).toBe(seen.started);
  await journal.opened(entry("room"));
});

test("a runtime without SQLite is told what to do", async () => {
  const path = join(temporaryFolder(), "recordings.db");
  const holder = startProgram("journal-holder.ts", [path], ["--no-experimental-sqlite"]);
  const told = JSON.parse(await holder.line());
  expect(told).toMatchObject({
    code: "JOURNAL",
    message: expect.stringContaining("Use Node 22.13 or newer"),
    errcode: "ERR_UNKNOWN_BUILTIN_MODULE",
  });
  await holder.kill();
});

test("a Promise in the place of a journal is told to be awaited, and half a journal what it lacks", () => {
  const { baseUrl, credential, fetch } = createFakeGraph();
  const make = (journal: unknown) => () => createRecordingClient({ baseUrl, credential, fetch, journal } as never);
  expect(make(Promise.resolve({}))).toThrow("await it first");
  expect(make({ opened() {}, closed() {}, claimOrphans() {} })).toThrow("for journal.close nothing was given");
  expect(make("recordings.db")).toThrow("journal must be a journal");
  expect(make({ opened() {}, closed() {}, claimOrphans() {}, close() {}, attempt: 5 })).toThrow("for journal.attempt 5 was given");
});
