// A person who types `--help` wants to read, not to wait.
import { expect, test } from "vitest";
import { drift } from "../../scripts/drift/drift.ts";
import { lintSpec } from "../../scripts/lint/lint-spec.ts";
import { review } from "../../scripts/review/review.ts";
import { call } from "./call.ts";

const commands = [
  ["lint:spec", lintSpec, []],
  ["drift", drift, ["--live", "--cloud", "--version", "--json", "--timeout"]],
  ["review", review, ["--base", "--format", "--all"]],
] as const;

test.each(commands)("npm run %s -- --help: how it is called, each option, each exit code; nothing is read", async (name, tool, options) => {
  // There is no repository there.
  const { code, stdout, stderr } = await call(tool, "/nowhere/", "--help");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(new RegExp(`^npm run ${name} `));
  expect(stdout).toMatch(/\nExit code: 0 .+, 1 .+, 2 .+/);
  for (const option of options) expect(stdout).toMatch(new RegExp(`\\n {2}${option} `));
  expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThan(160);
  expect(await call(tool, "/nowhere/", "-h")).toEqual({ code, stdout, stderr });
});
