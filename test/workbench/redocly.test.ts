// Redocly in its thread says what the command says, and what it rates can be held against our own judgement.

import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { lint } from "../../scripts/lint/lint.ts";
import { redocly } from "../../scripts/lint/redocly.ts";
import { root } from "../../scripts/tool/root.ts";
import { frozenLimit, frozenSpec } from "../support/frozen.ts";
import { whenAll } from "../support/when-all.ts";
import { rate } from "./rate.ts";

const folder = mkdtempSync(join(tmpdir(), "recording-status-redocly-"));
afterAll(() => rmSync(folder, { recursive: true }));

const [base, limit] = [frozenSpec, frozenLimit];
const revision = base.replace(`maxLength: ${limit}`, `maxLength: ${limit - 1}`).replace("type: integer", "type: [integer]");
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

function typed(args: readonly string[]): Promise<unknown> {
  const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  return new Promise((resolve) => {
    execFile(process.execPath, [`${root}node_modules/@redocly/cli/bin/cli.js`, ...args], { env }, (_, stdout) =>
      resolve(JSON.parse(stdout)),
    );
  });
}

const broken = base.replace("'#/components/schemas/ReportableStatus' }", "'#/components/schemas/Nowhere' }");
const linted = ["lint", "--config", `${root}openapi/redocly.yaml`, "--format", "json", file("broken.yaml", broken)];
const compared = ["diff", file("base.yaml", base), file("revision.yaml", revision)];
const diffed = [...compared, "--format", "json", "--fail-on", "none", "--lint-config", "off"];

async function expectSame(runs: readonly (readonly string[])[]): Promise<void> {
  const commands = await Promise.all(runs.map(typed));
  for (const [index, args] of runs.entries()) expect(await redocly(args)).toEqual(commands[index]);
  // Those that wait for each other too, and after one that failed.
  const [bad, ...good] = await Promise.allSettled([
    redocly(["diff", "nowhere.yaml", "nowhere.yaml", "--format", "json"]),
    ...runs.map(redocly),
  ]);
  expect(bad).toMatchObject({
    status: "rejected",
    reason: { name: "BadInput", message: expect.stringMatching(/cannot be judged: redocly diff says: .+/) },
  });
  expect(good.map((one) => one.status === "fulfilled" && one.value)).toEqual(commands);
}

test("lint says in the thread, again and again, what it says as a command", () => expectSame([linted]));

// The comparison is a second opinion of the tests alone.
whenAll(() => {
  test("so does diff, and they do not disturb each other", () => expectSame([linted, diffed]));
});

test("what only some parsers read is a problem of its line, and one that each example shows is told once", async () => {
  const problems = async (from: string, to: string) => {
    const text = base.replace(from, () => to);
    return (await lint(root, text, file("edited.yaml", text))).map(({ line, message }) => `${line} ${message}`);
  };
  const [tab, ...more] = await problems("[Calls.AccessMedia.All]", "[\tCalls.AccessMedia.All]");
  expect(tab).toMatch(/^\d\d+ this is YAML that not every tool reads: .+ without a tab\.$/);
  expect(more).toEqual([]);
  const wrong = await problems("          maxLength:", "          pattern: '[a-'\n          maxLength:");
  expect(wrong.length).toBeGreaterThan(0);
  expect(wrong).toEqual([...new Set(wrong)]);
});

test("what breaks callers is rated major, with its place", async () => {
  expect(await rate(base, revision)).toContainEqual({
    pointer: expect.stringMatching(/^#\/components\/schemas\/UpdateRecordingStatusRequest\/properties\/clientContext/),
    bump: "major",
    message: expect.any(String),
  });
});
