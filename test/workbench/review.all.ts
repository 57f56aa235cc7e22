// `npm run test:all`: whole reviews besides those that `npm test` makes.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync } from "node:fs";
import { watch } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { wireNames } from "../../scripts/judges/cases/wire-names.ts";
import { review as tool } from "../../scripts/review/review.ts";
import { limit, statuses } from "../support/as-it-is.ts";
import { createRepository } from "./repository.ts";

// Each run is a linter, a comparison, a compiler and several hundred contract cases.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
// Whatever the terminal is in which these tests run: what is said goes to no terminal.
vi.stubEnv("FORCE_COLOR", undefined);
vi.stubEnv("NO_COLOR", "1");
afterAll(() => void vi.unstubAllEnvs());

const repository = createRepository();
beforeEach(() => repository.reset());
afterAll(() => repository.remove());

const review = (...args: readonly string[]) => repository.call(tool, ...args);
const report = () => JSON.parse(repository.read("review/report.json") ?? "null");

test("as it is typed, in a folder whose name has a space and an umlaut, every judge speaks", async () => {
  expect(repository.folder).toMatch(/ .*ü/);
  repository.edit(`maxLength: ${limit}`, `maxLength: ${2 * limit}`);
  const { code, stderr } = await repository.run("review");
  expect(code, stderr).toBe(1);
  const { judgement, surface } = report();
  expect(judgement.types).toEqual([
    expect.stringContaining("the type of requestConstant is not as stated in scripts/judges/wire-types.ts:"),
  ]);
  for (const suite of ["facts", "mock"]) expect(judgement[suite]).not.toEqual([]);
  expect(surface).toEqual([]);
});

test("a new valid example", async () => {
  const known = "            callNotFound: { $ref: '#/components/examples/callNotFound' }\n";
  const value = "{ error: { code: '8522', message: 'The call is gone.' } }";
  repository.edit(
    known,
    `${known}            callGone:\n              summary: 'The call ended. Source: choice.'\n              value: ${value}\n`,
  );
  expect((await review()).code).toBe(0);
  expect(report()).toMatchObject({ verdict: "fine", changes: [{ bump: "patch", side: "caller" }] });
});

test("a change that the client's own code does not survive shows the place, and both public surfaces", async () => {
  repository.edit("operationId: getCallOperation", "operationId: readCallOperation");
  const { code, stdout } = await review();
  expect(code).toBe(1);
  expect(stdout).toMatch(/src\/http\/transport\.ts:\d+ TS2551: Property 'getCallOperation' does not exist/);
  expect(report().compileProblems).toHaveLength(1);
  expect(repository.read("review/report.md")).toContain("- getCallOperation: {\n+ readCallOperation: {\n");
});

test("a property that the client reads by its name is renamed: the line that reads it, and what to do", async () => {
  const { subcode } = wireNames.ResultInfo;
  const anew = `${subcode}Anew`;
  repository.edit(new RegExp(`\\b${subcode}\\b`, "g"), anew);
  const { code, stdout } = await review();
  expect(code).toBe(1);
  expect(stdout).toMatch(
    new RegExp(
      `The client reads \`\\w+\\.${subcode}\` by its name \\(src/http/read-operation\\.ts:\\d+\\), and the spec has \`${anew}\` there: `,
    ),
  );
  expect(repository.read("review/report.md")).toContain(`.${subcode}\` by its name`);
  expect(report().client).toHaveLength(1);
});

test("a change that CHANGELOG.md carries asks for no line more", async () => {
  repository.edit(`enum: [${statuses}]`, `enum: [${statuses}, humming]`);
  const changelog = repository.read("CHANGELOG.md") ?? "";
  repository.write("CHANGELOG.md", changelog.replace(/^(## .*\n)/m, "$1\n- A bot may report `humming`.\n"));
  const { code, stdout } = await review();
  expect(code).toBe(1);
  expect(stdout).not.toContain("CHANGELOG.md has");
  expect(report()).toMatchObject({ bump: "minor" });
  expect(report().changelog).toBeNull();
  // The public API is shown, before and after.
  expect(repository.read("review/report.md")).toMatch(/^- ReportableStatus: .+"failed";\n\+ ReportableStatus: .+"humming";$/m);
});

test("Ctrl-C leaves no temporary folder behind", async () => {
  repository.edit(`maxLength: ${limit}`, `maxLength: ${2 * limit}`);
  const temporary = join(repository.folder, "review", "tmp");
  mkdirSync(temporary, { recursive: true });
  const ours = () => readdirSync(temporary).filter((name) => name.startsWith("recording-status-"));
  const env = { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary };
  // A group of its own, as a terminal makes one: Ctrl-C goes to all that a program has started.
  const child = spawn(process.execPath, ["scripts/review/main.ts"], { cwd: repository.folder, env, detached: true, stdio: "ignore" });
  const ended = once(child, "exit");
  // The watch begins before the program has done anything: nothing is missed.
  for await (const _ of watch(temporary)) if (ours().length > 0) break;
  process.kill(-(child.pid ?? 0), "SIGINT");
  expect((await ended)[1]).toBe("SIGINT");
  expect(ours()).toEqual([]);
});
