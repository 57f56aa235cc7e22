// `npm run test:tools`: what it says of tools that accept the document and of those that do not, and when it installs them. The tools themselves are
// no part of `npm test`.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { isInstalled, markInstalled } from "../../scripts/checks/tools/install.ts";
import { runTools } from "../../scripts/checks/tools/run-commands.ts";

const folder = `${mkdtempSync(join(tmpdir(), "recording-status-tools-"))}/`;
afterAll(() => rmSync(folder, { recursive: true }));

const program = (name: string, text: string) => {
  writeFileSync(folder + name, text);
  return [folder + name];
};
const good = program("good.cjs", "console.log('all is well')");
const bad = program("bad.cjs", "console.log('api.yaml:3:4 is wrong\\n\\n'); console.error('twice'); process.exitCode = 1;");
const silent = program("silent.cjs", "process.exitCode = 7");
const wordy = program("wordy.cjs", "for (let line = 1; line <= 40; line++) console.log('line ' + line + '.'); process.exitCode = 1;");

async function run(...tools: readonly (readonly [name: string, ...commands: string[][]])[]) {
  const said: string[] = [];
  const accepted = await runTools(
    tools.map(([name, ...commands]) => ({ name, verdict: "accepts it", commands })),
    folder,
    (text) => said.push(text),
  );
  return { accepted, said };
}

test("a tool whose commands all succeed has one line", async () => {
  expect(await run(["tool 1.0", good, good])).toEqual({ accepted: true, said: ["ok: tool 1.0: accepts it"] });
});

test("of one that fails, all that its command says, and the others still run", async () => {
  const { accepted, said } = await run(["first 1.0", good, bad, silent], ["second 2.0", silent], ["third 3.0", good]);
  expect(accepted).toBe(false);
  expect(said).toEqual([
    expect.stringMatching(/^FAILED: first 1\.0 says:\n( {2}(api\.yaml:3:4 is wrong|twice)\n?){2}$/),
    "FAILED: second 2.0 says:\n  it ended with 7",
    "ok: third 3.0: accepts it",
  ]);
});

test("what fills a screen is cut, and says so", async () => {
  const { said } = await run(["tool 1.0", wordy]);
  expect(said[0]?.split("\n")).toHaveLength(32);
  expect(said[0]).toContain("\n  line 30.\n  … and 10 lines more");
});

test("tools are installed once for each lock file, and again where that was broken off", () => {
  const place = `${folder}package/`;
  mkdirSync(`${place}node_modules`, { recursive: true });
  writeFileSync(`${place}package-lock.json`, "1");
  expect(isInstalled(place)).toBe(false);
  markInstalled(place);
  expect(isInstalled(place)).toBe(true);
  writeFileSync(`${place}package-lock.json`, "2");
  expect(isInstalled(place)).toBe(false);
  markInstalled(place);
  // As npm ci does first.
  rmSync(`${place}node_modules`, { recursive: true });
  expect(isInstalled(place)).toBe(false);
});
