// `audit` and `recover`, over files that bots have left.
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { createSqliteJournal } from "teams-recording-status/journal";
import { startFakeGraph } from "teams-recording-status/testing";
import { expect, onTestFinished, test } from "vitest";
import { callId, type Given, invoke } from "./invoke.ts";

const openedAt = Date.UTC(2026, 0, 1);
const other = "0f3c9a52-7d14-4f0e-9b56-2c8a1de4f731";

/** A journal that was left behind, with these calls open, and a Graph that knows them. */
async function leave(...calls: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), "cli-journal-"));
  const path = join(folder, "recordings.db");
  const fake = await startFakeGraph();
  onTestFinished(async () => {
    await fake.close();
    rmSync(folder, { recursive: true });
  });
  const journal = await createSqliteJournal({ path });
  for (const id of calls) await journal.opened({ id: `of ${id}`, callId: id, tenantId: undefined, openedAt });
  await journal.close();
  for (const id of calls) fake.addCall(id);
  const arrived = () => fake.history.flatMap((event) => (event.type === "report" ? [[event.callId, event.status]] : []));
  const recover = (args: string, given?: Given) => invoke(`recover --journal ${path} --base-url ${fake.baseUrl} ${args}`, given);
  const audit = (args = "") => invoke(`audit --journal ${path} ${args}`);
  return { folder, path, fake, arrived, recover, audit };
}

/** What stands in the folder, but for what SQLite keeps beside a file while it is open: it holds nothing here. */
const contents = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => !/-(wal|shm)$/.test(name))
      .map((name) => [
        name,
        createHash("sha256")
          .update(readFileSync(join(folder, name)))
          .digest("hex"),
      ]),
  );

test("recover reports failed for what was left behind, and nothing the second time", async () => {
  const { arrived, recover } = await leave(callId, other);
  const { code, err, out } = await recover("--yes");
  expect([code, arrived()]).toEqual([
    0,
    expect.arrayContaining([
      [callId, "failed"],
      [other, "failed"],
    ]),
  ]);
  expect(out.toSorted()).toEqual([`call ${other}: reported failed.`, `call ${callId}: reported failed.`]);
  expect(err.join("\n")).toContain(`call ${callId}, recorded since 2026-01-01T00:00:00.000Z`);
  expect(await recover("")).toMatchObject({ code: 0, out: ["Nothing was left behind."], err: [] });
  expect(arrived()).toHaveLength(2);
});

test("recover asks; after a no nothing arrives, and all is still there for the next time", async () => {
  const { arrived, recover } = await leave(callId);
  expect((await recover("", { answer: "n" })).code).toBe(1);
  expect((await recover("")).code).toBe(2);
  expect(arrived()).toEqual([]);
  const { code, json } = await recover("--json", { answer: "yes" });
  const outcome = { callId, reason: "recovered", reported: "failed", error: null };
  expect([code, json()]).toEqual([0, { outcomes: [outcome], leftBehind: 0 }]);
});

test("--json after a no says how much is left behind", async () => {
  const { recover, arrived } = await leave(callId, other);
  const { code, json } = await recover("--json", { answer: "n" });
  expect([code, json(), arrived()]).toEqual([1, { outcomes: [], leftBehind: 2 }, []]);
});

test("a call that is over is done with; one whose report is refused stays, exit code 1", async () => {
  const { fake, recover } = await leave(callId, other);
  fake.endCall(other);
  fake.script({ callId, status: 403, code: "7504" });
  const { code, out, err } = await recover("--yes");
  expect(code).toBe(1);
  expect(out).toEqual(
    expect.arrayContaining([
      `call ${other}: is over; nothing was left to report.`,
      expect.stringMatching(`${callId}: was NOT reported; it stays`),
    ]),
  );
  expect(err.at(-1)).toMatch(/^call 57dab8b1.*: HTTP: .*7504.*no consent/);
  const next = await recover("--yes");
  expect([next.code, next.out]).toEqual([0, [`call ${callId}: reported failed.`]]);
});

test("recover leaves alone what a bot holds that is alive", async () => {
  const { path, arrived, recover } = await leave(callId);
  const journal = await createSqliteJournal({ path });
  onTestFinished(() => journal.close());
  const { code, err } = await recover("--yes");
  expect([code, arrived(), err]).toEqual([1, [], [expect.stringMatching(/^JOURNAL: /)]]);
});

test.each(["recover", "audit"])("%s makes no file where there is none", async (command) => {
  const { folder, path } = await leave();
  const before = contents(folder);
  const { code, err } = await invoke(`${command} --journal ${path}x`);
  expect([code, err, contents(folder)]).toEqual([2, [`There is no file ${path}x.`], before]);
});

test("audit prints each call's timeline and says that the file is whole, without a change to it", async () => {
  const { folder, recover, audit } = await leave(callId, other);
  await recover("--yes");
  const before = contents(folder);
  const { code, out } = await audit();
  expect([code, contents(folder)]).toEqual([0, before]);
  expect(out.filter((line) => line.startsWith("call "))).toEqual([`call ${callId}`, `call ${other}`]);
  const events = out.filter((line) => line.startsWith("  ")).map((line) => line.slice(28));
  expect(events.slice(0, 4)).toEqual([
    'journal   opened: "recording" is about to be reported',
    "journal   claimed: whoever opened it left its end unreported",
    'to Graph  report "failed": answered 200, completed',
    'journal   closed: recovered, reported "failed"',
  ]);
  expect(out.at(-1)).toBe("8 rows: each is as it was written, and none between the first and the last is missing.");
});

test("audit finds a call in any spelling, beside the bot that writes; of one that is not there it says so", async () => {
  const { path, audit } = await leave(callId, other);
  const journal = await createSqliteJournal({ path });
  onTestFinished(() => journal.close());
  const one = await audit(`--call ${callId.replaceAll("-", "").toUpperCase()} --json`);
  expect([one.code, one.json()]).toMatchObject([0, { isWhole: true, rows: 2, problem: null, calls: [{ timeline: [expect.any(String)] }] }]);
  const none = await audit("--call nobody");
  expect([none.code, none.err]).toEqual([1, ["The journal knows nothing of call nobody."]]);
});

test.each([
  ["changed", "update trail set at = at + 1 where seq = 1", "row 1 is not as it was written"],
  ["missing", "delete from trail where seq = 1", "row 1 is missing"],
  ["no JSON", "update trail set body = 'x' where seq = 1", "row 1 is not as it was written"],
])("a row that is %s: what can be read is printed, and the exit code is 1", async (_, sql, problem) => {
  const { path, audit } = await leave(callId, other);
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
  const { code, err, out } = await audit("--json");
  expect([code, err[0]]).toEqual([1, `The journal is not whole: ${problem}. What it tells cannot be relied on.`]);
  expect(JSON.parse(out[0] ?? "")).toMatchObject({ isWhole: false, problem });
  for (const line of err) expect(line).not.toMatch(/\n|^\s+at /);
});

test.each(["recover", "audit"])(
  "%s does not take an empty file for a journal with nothing in it, and leaves it as it is",
  async (command) => {
    const { folder } = await leave();
    const path = join(folder, "empty.db");
    writeFileSync(path, "");
    const { code, out, err } = await invoke(`${command} --journal ${path}`);
    expect([code, out, err, statSync(path).size]).toEqual([2, [], [`${path} is empty, so it is no journal, or none any more.`], 0]);
    expect(await invoke(`${command} --journal ${folder}`)).toMatchObject({ code: 2, err: [`${folder} is no file.`] });
  },
);

test("a file that is no journal is refused in one line", async () => {
  const path = join((await leave()).folder, "notes.txt");
  writeFileSync(path, "No journal.\n".repeat(1_000));
  const { code, err } = await invoke(`audit --journal ${path}`);
  expect([code, err]).toEqual([1, [expect.stringMatching(/^JOURNAL: The journal .* is damaged: /)]]);
});
