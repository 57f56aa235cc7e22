// The consumer's project of the recipes, with the packed library, in a folder of its own: jest, MSW and OpenTelemetry's SDK, each as npm gives it.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const recipes = join(root, "examples/recipes");
const planted = join(root, "test/recipes/project");
const folder = mkdtempSync(join(tmpdir(), "recipes-"));

function run(program: string, args: readonly string[], cwd = folder) {
  const { NODE_OPTIONS: _, VITEST: __, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: "utf8", env, shell: process.platform === "win32" });
  return { status, output: stdout + stderr };
}
const npm = (args: readonly string[], cwd?: string) => {
  const { status, output } = run("npm", args, cwd);
  if (status !== 0) throw new Error(`npm ${args.join(" ")} failed. Is the registry within reach?\n${output}`);
};
const copy = () => cpSync(join(recipes, "project"), folder, { recursive: true });

beforeAll(() => {
  if (!existsSync(join(root, "dist"))) npm(["run", "build"], root);
  npm(["pack", "--ignore-scripts", "--pack-destination", folder], root);
  copy();
  npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  npm(["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", `./${tarball}`]);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }), 120_000);
afterEach(copy);

describe("jest", { timeout: 60_000 }, () => {
  const jest = () => run(process.execPath, ["--experimental-vm-modules", "node_modules/jest/bin/jest.js", "--testTimeout=3000"]);
  const use = (bot: string) => cpSync(join(planted, bot), join(folder, "bot.js"));

  test("the test of the recipe passes, by its own command", () => {
    expect(run("npm", ["test"])).toMatchObject({ status: 0, output: expect.stringContaining("1 passed, 1 total") });
  });

  test("a bot that breaks the terms does not pass it", () => {
    use("careless-bot.js");
    expect(jest()).toMatchObject({ status: 1, output: expect.stringContaining("was persisted before Graph confirmed the recording") });
  });

  test("a bot that waits by the timers that are not faked passes, and hangs where they are", () => {
    use("ticking-bot.js");
    expect(jest()).toMatchObject({ status: 0 });
    const config = join(folder, "jest.config.js");
    writeFileSync(config, readFileSync(config, "utf8").replace(/doNotFake: .*/, ""));
    expect(jest()).toMatchObject({ status: 1, output: expect.stringContaining("keeps the order") });
  });
});

describe("MSW", { timeout: 60_000 }, () => {
  test("compiles as strictly as the library, and its tests pass", () => {
    expect(run(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "."])).toEqual({ status: 0, output: "" });
    expect(run(process.execPath, ["--test", "msw.ts"])).toMatchObject({ status: 0, output: expect.stringContaining("pass 3") });
  });
});

describe("OpenTelemetry", { timeout: 60_000 }, () => {
  test("the spans that the SDK exports: whose they are, how they ended, and no token", () => {
    for (const file of [join(recipes, "opentelemetry.ts"), join(planted, "opentelemetry.test.mjs")])
      cpSync(file, join(folder, file.slice(file.lastIndexOf("/") + 1)));
    const { status, output } = run(process.execPath, ["--test", "opentelemetry.test.mjs"]);
    expect(status, output).toBe(0);
    expect(output).toContain("pass 5");
  });
});
