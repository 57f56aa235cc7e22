// `npm run test:all`: README.md's first steps, to the letter: an empty folder, the package as npm would publish it, and what the page says to type.
import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deadLinks } from "../../scripts/checks/pages/links.ts";
import { readPages, wholeFile } from "../../scripts/checks/pages/read-pages.ts";
import { root } from "../../scripts/tool/root.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "first-steps-")));
const installed = join(folder, "node_modules/teams-recording-status");
const [readme] = readPages(root);
const blocks = readme?.blocks ?? [];
const block = (key: "file" | "within", name: string) => {
  const found = blocks.find((one) => one[key] === name);
  if (found === undefined) throw new Error(`README.md has no block ${key}=${name}.`);
  return found;
};

type Ended = { readonly code: number; readonly output: string };

/** Types a command in the folder, in the shell of somebody who runs no tests of ours. */
function type(command: string, ...args: readonly string[]): Promise<Ended> {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|NODE_OPTIONS|NODE_TEST_CONTEXT|NODE_ENV|FORCE_COLOR|npm_)/.test(name),
  );
  return new Promise((resolve) => {
    const options = { cwd: folder, env: { ...Object.fromEntries(kept), NO_COLOR: "1" }, shell: process.platform === "win32" };
    execFile(command, args, options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), output: stdout + stderr }),
    );
  });
}

const save = (name: string, text: string) => writeFileSync(join(folder, name), text);

/** What `npm install` would put there, without asking a registry: the tarball unpacked, and what it depends on from here. */
function install(tarball: string): void {
  mkdirSync(installed, { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "-C", installed, "--strip-components=1"]);
  const { dependencies } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as { dependencies: Record<string, string> };
  for (const name of Object.keys(dependencies)) symlinkSync(`${root}node_modules/${name}`, join(folder, "node_modules", name), "junction");
}

beforeAll(async () => {
  if (!existsSync(`${root}dist`)) throw new Error("There is no dist/: npm run build.");
  const commands = (blocks.find(({ language }) => language === "sh")?.code ?? "").split("\n").map((line) => line.replace(/\s+#.*$/, ""));
  expect(commands.slice(0, 2)).toEqual(["npm init -y", "npm pkg set type=module"]);
  expect(commands[2]).toMatch(/^npm install \.\/teams-recording-status-.+\.tgz$/);
  for (const command of commands.slice(0, 2)) expect(await type("npm", ...command.split(" ").slice(1))).toMatchObject({ code: 0 });
  execFileSync("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], {
    cwd: root,
    stdio: "ignore",
    shell: process.platform === "win32",
  });
  install(join(folder, `${commands[2]?.split("/")[1]}`));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe("README.md, to the letter, without an account", () => {
  test("the first call prints completed", async () => {
    save("first-call.ts", block("file", "first-call.ts").code);
    expect(await type("node", "first-call.ts")).toEqual({ code: 0, output: "completed\n" });
  });

  test("the first bot passes its test", async () => {
    save("bot.test.ts", block("file", "bot.test.ts").code);
    expect(await type("node", "--test", "bot.test.ts")).toMatchObject({ code: 0, output: expect.stringMatching(/pass 1\n/) });
  });

  test("the bot that breaks the terms does not, and each breach is told", async () => {
    save("bot.test.ts", wholeFile(block("within", "bot.test.ts"), blocks));
    const { code, output } = await type("node", "--test", "bot.test.ts");
    expect(code).not.toBe(0);
    expect(output).toContain("was persisted before Graph confirmed the recording");
    expect(output).toContain("notRecording was reported before sink 1 was closed");
  });
});

test("every link of the pages leads to a file of the package", () => {
  const pages = readPages(`${installed}/`);
  expect(pages.map(({ path }) => path)).toEqual(readPages(root).map(({ path }) => path));
  expect(deadLinks(pages, { root: `${installed}/`, packed: readdirSync(installed) })).toEqual([]);
});
