import { mkdirSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { docs } from "../../scripts/docs/docs.ts";
import { preview } from "../../scripts/preview/preview.ts";
import { filesIn, makeTree } from "./tree.ts";

const spec = "openapi/recording-status.yaml";
const tree = makeTree("bad-input");
const good = {
  [spec]: tree.read(spec),
  "README.md": tree.read("README.md"),
  "docs/clouds.md": tree.read("docs/clouds.md"),
  "src/lifecycle/state.ts": tree.read("src/lifecycle/state.ts"),
};
const old = { "site/inputs.sha256": "of an older site\n", "site/index.html": "an older site" };

beforeAll(() => {
  mkdirSync(`${tree.folder}site`);
  for (const [path, text] of Object.entries(old)) tree.write(path, text);
});
afterAll(() => tree.remove());

type Case = { readonly what: string; readonly path: string; readonly from: string | RegExp; readonly to: string; readonly says: RegExp };

const all = /^[\s\S]*$/;
const cases: readonly Case[] = [
  { what: "an empty spec", path: spec, from: all, to: "", says: /^openapi\/recording-status\.yaml:1:1 is empty\.$/ },
  {
    what: "broken YAML",
    path: spec,
    from: "info:",
    to: "info: [",
    says: /^openapi\/recording-status\.yaml:\d+:\d+ is not valid YAML: .+$/,
  },
  {
    what: "no OpenAPI document",
    path: spec,
    from: all,
    to: "a: 1\n",
    says: /^openapi\/recording-status\.yaml:1:1 is no OpenAPI document: .+$/,
  },
  {
    what: "a $ref that leads nowhere",
    path: spec,
    from: "'404': { $ref: '#/components/responses/NotFound' }",
    to: "'404': { $ref: '#/components/responses/Nowhere' }",
    says: /^openapi\/recording-status\.yaml:\d+:\d+ .*"#\/components\/responses\/Nowhere"/,
  },
  {
    what: "a structure that is none",
    path: spec,
    from: "parameters:\n      - $ref: '#/components/parameters/CallId'",
    to: "parameters:\n      - 5",
    says: /^openapi\/recording-status\.yaml:\d+:\d+ .+$/,
  },
  { what: "no servers", path: spec, from: "\nservers:\n", to: "\nx-servers:\n", says: /recording-status\.yaml.*servers/ },
  { what: "a server without its cloud", path: spec, from: "    x-cloud:\n", to: "    x-klaud:\n", says: /servers › 0 .* has no x-cloud/ },
  {
    what: "a section of README.md that is gone",
    path: "README.md",
    from: "## The terms of use",
    to: "## Terms",
    says: /^README\.md has no section that begins with "The terms of use"/,
  },
  {
    what: "a page of docs/ without its title",
    path: "docs/clouds.md",
    from: /^# .*\n/,
    to: "",
    says: /^docs\/clouds\.md does not begin with its title/,
  },
  {
    what: "a section of docs/ to which the spec adds, and which is gone",
    path: "docs/clouds.md",
    from: "## Refused",
    to: "## Not there",
    says: /^docs\/clouds\.md has no section #refused: the docs show more there\.$/,
  },
  {
    what: "code that cannot be run",
    path: "src/lifecycle/state.ts",
    from: "export const moves",
    to: "export const moves_",
    says: /^src\/model\/comms-codes\.ts and src\/lifecycle\/state\.ts cannot be run: SyntaxError: .*moves/,
  },
];

/** Nothing was written over, and nothing is left beside it. */
function expectOldSite(): void {
  expect(filesIn(`${tree.folder}site/`)).toEqual(["index.html", "inputs.sha256"]);
  for (const [path, text] of Object.entries(old)) expect(tree.read(path)).toBe(text);
  expect(readdirSync(tree.folder).filter((name) => name.startsWith(".site-"))).toEqual([]);
}

const oneLine = (text: string) => expect(text.trimEnd().split("\n")).toHaveLength(1);

describe("npm run docs says in one line what is wrong, and leaves the site as it was", () => {
  test.each(cases)("$what", async ({ path, from, to, says }) => {
    tree.edit(path, from, to);
    try {
      const { code, stdout, stderr } = await tree.call(docs);
      expect(stderr.trimEnd()).toMatch(says);
      oneLine(stderr);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expectOldSite();
    } finally {
      tree.write(path, good[path as keyof typeof good] ?? "");
    }
  });

  test.each([["--fast"], ["extra"]])("an argument that it does not know: %s", async (argument) => {
    const { code, stderr } = await tree.call(docs, [argument]);
    expect(stderr).toContain(argument);
    oneLine(stderr);
    expect(code).toBe(2);
    expectOldSite();
  });

  test("a folder site/ that somebody else made is not thrown away", async () => {
    tree.move("site", "site-before");
    try {
      mkdirSync(`${tree.folder}site`);
      tree.write("site/diary.txt", "mine");
      const { code, stderr } = await tree.call(docs);
      expect(stderr).toMatch(/^site\/ holds something that `npm run docs` did not write: move it away first\.\n$/);
      expect(code).toBe(2);
      expect(tree.read("site/diary.txt")).toBe("mine");
    } finally {
      tree.move("site-before", "site");
    }
  });
});

describe("npm run preview says in one line what is wrong", () => {
  test.each(["abc", "70000", "1.5", "", "0x50"])("--port %j", async (port) => {
    const { code, stderr } = await tree.call(preview, [`--port=${port}`]);
    expect(stderr).toMatch(/^--port ".*" is no port: /);
    oneLine(stderr);
    expect(code).toBe(2);
  });

  test("an option that it does not know", async () => {
    const { code, stderr } = await tree.call(preview, ["--prot", "1"]);
    expect(stderr).toContain("--prot");
    oneLine(stderr);
    expect(code).toBe(2);
  });

  test("a port in use, before anything is built", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    try {
      const { port } = other.address() as { port: number };
      const { code, stdout, stderr } = await tree.call(preview, ["--port", `${port}`]);
      expect(stderr).toBe(`Port ${port} of 127.0.0.1 is in use: give another --port, or leave it out for a free one.\n`);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expectOldSite();
    } finally {
      other.close();
    }
  });

  test("a spec that it cannot build from", async () => {
    tree.edit(spec, all, "");
    try {
      const { code, stderr } = await tree.call(preview);
      expect(stderr).toBe("openapi/recording-status.yaml:1:1 is empty.\n");
      expect(code).toBe(2);
      expectOldSite();
    } finally {
      tree.write(spec, good[spec] ?? "");
    }
  });
});
