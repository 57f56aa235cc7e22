// `npm run test:all`. A tree that somebody edited: a hostile text stays a text, and what is new in the code is on the page.
import { readdirSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { docsWith } from "../../scripts/docs/docs.ts";
import { readTypescriptApi, type TypescriptApi } from "../../scripts/docs/typescript-api.ts";
import { ensureSite } from "../../scripts/preview/ensure-site.ts";
import { join, visit, watch } from "./browser.ts";
import { makeTree } from "./tree.ts";

const tree = makeTree("edited");
const spec = "openapi/recording-status.yaml";
const attack = `<script>window.pwned=1</script><img src=x onerror="window.pwned=1"></script><script>window.pwned=1</script>`;
const remote = "![x](https://pictures.example/x.png) [link](javascript:window.pwned=1)";

let api: Promise<TypescriptApi> | undefined;
/** The code of this tree is read once: TypeDoc takes seconds. */
const readOnce = (root: string, project: string) => {
  api ??= readTypescriptApi(root, project);
  return api;
};
const docs = docsWith(readOnce);

beforeAll(async () => {
  const quoted = `'${attack} ${remote}'`;
  tree.edit(spec, "summary: Report the recording status of a call.", `summary: ${quoted}`);
  tree.edit(spec, "    Sets the status that the people", `    ${attack} ${remote} Sets the status that the people`);
  tree.edit(spec, "  summary: The action by which", `  summary: >-\n    ${attack} The action by which`);
  tree.edit(spec, "summary: 'The context may be left out. Source: CSDL.'", `summary: ${quoted}`);
  tree.edit(spec, "value: { status: recording }", `value: { status: recording, clientContext: ${quoted} }`);
  tree.edit(spec, "reason: US Government L4 has", `reason: ${attack} US Government L4 has`);
  tree.edit(spec, "description: 'Global service and GCC, v1.0.", `description: '${attack} ${remote} Global service and GCC, v1.0.`);
  tree.edit("generated/types.gen.ts", "@description Why an operation", `@description ${attack} ${remote} Why an operation`);
  tree.edit(
    "src/model/errors.ts",
    "/** The connection failed",
    `/** ${attack} Something was lost. */
export class LostError extends RecordingStatusError {
  override readonly name = "LostError";
  readonly code = "LOST";
  override readonly retryable = true;
}

/** The connection failed`,
  );
  tree.edit("src/model/any-error.ts", "  type NetworkError,", "  type LostError,\n  type NetworkError,");
  tree.edit("src/model/any-error.ts", "  | NetworkError", "  | LostError\n  | NetworkError");
  tree.edit("src/index.ts", "  NetworkError,", "  LostError,\n  NetworkError,");
  tree.edit("docs/errors.md", "| `NETWORK` |", "| `LOST` | Something was lost. | unknown | Look for it. |\n| `NETWORK` |");
  // TypeDoc warns of the picture that it does not find.
  const { code, stderr } = await tree.call(docs);
  expect(code, stderr).toBe(0);
});
afterAll(() => tree.remove());

test("a new code of the union is in the table of errors, with class, advice and whether it can be repeated", () => {
  const [, row = ""] = /<tr[^>]* id="LOST">([\s\S]*?)<\/tr>/.exec(tree.read("site/errors.html")) ?? [];
  for (const part of ["teams-recording-status.LostError.html", "Something was lost.", "unknown", "Look for it.", ">yes<"])
    expect(row).toContain(part);
});

describe("a text of the spec is inert", () => {
  const ours = ["index.html", "reference.html", "errors.html", "clouds.html"];
  // By way of the comments in src/ and generated/.
  const theirs = [
    "typescript/classes/teams-recording-status.LostError.html",
    "typescript/interfaces/teams-recording-status_client.components.html",
  ];

  test.each([...ours, ...theirs])("%s holds it as text", (name) => {
    const text = tree.read(`site/${name}`);
    expect(/<script>window\.pwned|<img\b|href="javascript:/.exec(text)).toBe(null);
  });

  test.each(["reference.html", "clouds.html", ...theirs])("%s shows it", (name) => {
    expect(tree.read(`site/${name}`).includes("&lt;script&gt;window.pwned=1&lt;/script&gt;")).toBe(true);
  });

  describe.skipIf(inject("browser") === "")("in a browser", () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await join(inject("browser"));
    });
    afterAll(() => browser?.close());

    test.each([...ours, ...theirs])("%s runs nothing and asks for nothing", async (name) => {
      const watched = await watch(browser);
      await visit(watched, pathToFileURL(`${tree.folder}site/${name}`).href);
      for (const closed of await watched.page.locator(".opblock-summary-control").all()) await closed.click();
      expect(await watched.page.evaluate(() => (globalThis as { pwned?: number }).pwned)).toBe(undefined);
      expect(watched.abroad).toEqual([]);
      await watched.close();
    });
  });
});

describe("what is missing on either side of the code and docs/errors.md is said in one line, and the site stays as it was", () => {
  const cases = [
    {
      what: "a code without a row in docs/errors.md",
      path: "docs/errors.md",
      from: /^\| `NETWORK` .*\n/m,
      to: "",
      says: /^docs\/errors\.md: the table has no row for NETWORK/,
    },
    {
      what: "a row in docs/errors.md without a code",
      path: "docs/errors.md",
      from: "| `NETWORK` |",
      to: "| `GONE` | a | b | c |\n| `NETWORK` |",
      says: /^docs\/errors\.md: the table has a row for GONE/,
    },
    {
      what: "a phase that nobody explains",
      path: "src/lifecycle/state.ts",
      from: "  starting: {",
      to: "  dozing: {},\n  starting: {",
      says: /^src\/lifecycle\/state\.ts: the comment of RecordingPhase has no line "- `dozing`/,
    },
  ] as const;

  test.each(cases)("$what", async ({ path, from, to, says }) => {
    const before = [tree.read(path), tree.read("site/errors.html")] as const;
    tree.edit(path, from, to);
    try {
      const { code, stdout, stderr } = await tree.call(docs);
      expect(stderr.trimEnd()).toMatch(says);
      expect(stderr.trimEnd().split("\n")).toHaveLength(1);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(tree.read("site/errors.html")).toBe(before[1]);
      expect(readdirSync(tree.folder).filter((name) => name.startsWith(".site-"))).toEqual([]);
    } finally {
      tree.write(path, before[0]);
    }
  });
});

test("a site that is stale is built anew for the preview, which says so", async () => {
  const said: string[] = [];
  const ensure = () => ensureSite(tree.folder, (text) => said.push(text), readOnce);
  await ensure();
  expect(said).toEqual([]);
  tree.edit(spec, "title: Microsoft Graph updateRecordingStatus", "title: Another title");
  await ensure();
  expect(said).toEqual(["site/ is older than the spec or the code: building it anew."]);
  expect(tree.read("site/reference.html")).toContain("Another title");
});
