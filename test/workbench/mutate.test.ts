// The mutation run: what it reports, and what it refuses.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Judgement } from "../../scripts/judges/judgement.ts";
import { mutate } from "../../scripts/mutate/mutate.ts";
import { heldByFactsAlone, reportOf, unexplained } from "../../scripts/mutate/report.ts";
import { readReviewedSurvivors } from "../../scripts/mutate/survivors.ts";
import { root } from "../../scripts/tool/root.ts";
import { whenAll } from "../support/when-all.ts";
import { call } from "./call.ts";

const nobody: Judgement = { facts: [], types: [], mock: [], proxy: [] };
const judged = (at: string, what: string, judgement: Partial<Judgement>) => ({
  mutant: { path: at.split(" › "), what, apply: () => ({}) },
  judgement: { ...nobody, ...judgement },
});
const run = { sha256: "0", seconds: 1 };
const line7 = () => [7, 1] as const;

describe("the report", () => {
  test("counts for each constraint who notices how many of its changes", () => {
    const report = reportOf(
      [
        judged("a › type", "dropped", { facts: ["x"], mock: ["y", "z"] }),
        judged("a › type", "→ 1", { facts: ["x"] }),
        judged("b", "dropped", { facts: ["x"] }),
      ],
      line7,
      [],
      run,
    );
    expect(report.constraints).toEqual([
      { at: "a › type", line: 7, mutants: 2, noticed: { facts: 2, types: 0, mock: 1, proxy: 0 } },
      { at: "b", line: 7, mutants: 1, noticed: { facts: 1, types: 0, mock: 0, proxy: 0 } },
    ]);
    expect(heldByFactsAlone(report).map(({ at }) => at)).toEqual(["b"]);
    expect(report.survivors).toEqual([]);
  });

  test("a survivor needs a reason, and a reason needs a survivor", () => {
    const reviewed = [
      { constraint: "a", change: "dropped", reason: "It says nothing." },
      { constraint: "gone", change: "dropped", reason: "It said nothing." },
    ];
    const report = reportOf([judged("a", "dropped", {}), judged("a", "→ 1", {})], line7, reviewed, run);
    expect(report.survivors).toEqual([
      { at: "a", line: 7, change: "dropped", reason: "It says nothing." },
      { at: "a", line: 7, change: "→ 1" },
    ]);
    expect(unexplained(report)).toEqual([{ at: "a", line: 7, change: "→ 1" }]);
    expect(report.outdated).toEqual([reviewed[1]]);
  });

  test("an entry of the reviewed list without a reason is refused, by its number", () => {
    const folder = mkdtempSync(join(tmpdir(), "recording-status-survivors-"));
    const file = join(folder, "list.yaml");
    const read = (text: string) => {
      writeFileSync(file, text);
      return readReviewedSurvivors(file);
    };
    expect(read("- { constraint: a, change: dropped, reason: b }")).toHaveLength(1);
    expect(read("")).toEqual([]);
    expect(() => read("- { constraint: a, change: dropped, reason: b }\n- { constraint: a, change: dropped, reason: ' ' }")).toThrow(
      "openapi/reviewed-survivors.yaml: entry 2 lacks reason.",
    );
    expect(() => read("a: b")).toThrow("must be a list");
    expect(readReviewedSurvivors(join(folder, "none.yaml"))).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});

function typed(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ["scripts/mutate/main.ts", ...args], { cwd: root }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

describe("npm run mutate", () => {
  whenAll(() => {
    test("tries a part of the spec, and each of its mutants is noticed", async () => {
      const { code, stdout, stderr } = await call(mutate, root, "--only", "ReportableStatus › enum");
      expect(code, stderr).toBe(0);
      expect(stdout).toMatch(/^(\d+) mutants of \d+ constraints in [\d.]+ s: \1 noticed, 0 survived\.$/m);
    }, 60_000);
  });

  test.each([
    ["a part that is not there", ["--only", "nowhere"], /^--only nowhere: no constraint of the spec has this in its path.*\n$/],
    ["an unknown option", ["--onyl", "x"], /^Unknown option '--onyl'.*\n$/],
  ])("%s is refused in one line, exit 2", async (_, args, message) => {
    const { code, stderr } = await call(mutate, root, ...args);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) });
  });

  test("as it is typed it says and ends as it does in this process", async () => {
    expect(await typed("--only", "nowhere")).toEqual(await call(mutate, root, "--only", "nowhere"));
  });
});
