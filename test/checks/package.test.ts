// What is asked of the packed tarball, on planted packages. `npm run test:package` asks it of the real one.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { judgeLinks } from "../../scripts/checks/package/judge-links.ts";
import { followMap, judgeMaps } from "../../scripts/checks/package/judge-maps.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "recording-status-package-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function plant(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

describe("links", () => {
  test("to files and folders of the package, to places in a page and to addresses elsewhere are fine", () => {
    plant({
      "README.md": "[a](docs/a.md#there) [b](#here) [c](https://example.com/x.md) ![d](docs) [e]: docs/a.md\n\n[e]: docs/a.md 'Title'\n",
      "docs/a.md": '[up](../README.md "Title") [mail](mailto:a@example.com)',
    });
    expect(judgeLinks(folder)).toEqual([]);
  });

  test.each([
    ["[gone](docs/gone.md)", "docs/gone.md"],
    ["[gone](<docs/gone.md>)", "docs/gone.md"],
    ["![gone](gone.png 'Title')", "gone.png"],
    ["[gone][there]\n\n[there]: gone.md#place\n", "gone.md#place"],
    ["[outside](../outside.md)", "../outside.md"],
    ["[of the machine](/etc/hosts)", "/etc/hosts"],
  ])("%j is told", (text, link) => {
    plant({ "README.md": text });
    expect(judgeLinks(folder)).toEqual([`README.md links to ${link}, which is not in the package`]);
  });

  test("pages in docs/ are read too, and code is not", () => {
    plant({ "README.md": "`[a](b)`\n\n```ts\nconst x = y[0](gone);\n[c](d.md)\n```\n", "docs/deep/a.md": "[gone](../gone.md)" });
    expect(judgeLinks(folder)).toEqual(["docs/deep/a.md links to ../gone.md, which is not in the package"]);
  });
});

describe("maps", () => {
  const declaration = "export declare function report(): void;\n//# sourceMappingURL=a.d.ts.map\n";
  // `report` at column 24 of the first line of the declaration stands at column 16 of the third line of the source.
  const map = (source: string) => JSON.stringify({ version: 3, file: "a.d.ts", sources: [source], names: [], mappings: "wBAEgB" });
  const source = "// A comment.\n\nexport function report(): void {}\n";

  test("a declaration whose map leads to a source in the package is fine, and is followed to its line", () => {
    plant({ "dist/src/a.d.ts": declaration, "dist/src/a.d.ts.map": map("../../src/a.ts"), "src/a.ts": source });
    expect(judgeMaps(folder, ["dist/src/a.d.ts"])).toEqual([]);
    expect(followMap(folder, "dist/src/a.d.ts", "report")).toEqual({ source: "src/a.ts", line: "export function report(): void {}" });
    expect(followMap(folder, "dist/src/a.d.ts", "other")).toBeUndefined();
  });

  test("one without a map is told, and so is one whose map names a source that is not there", () => {
    plant({ "dist/a.d.ts": "export {};\n", "dist/src/a.d.ts": declaration, "dist/src/a.d.ts.map": map("../../src/a.ts") });
    plant({ "dist/src/b.d.ts": declaration.replace("a.d.ts.map", "b.d.ts.map"), "dist/src/c.js": "const a = 1;\nexport { a };\n" });
    plant({ "dist/src/d.js": 'import { t as a } from "./c.js";\nexport { a };\n' });
    expect(
      judgeMaps(folder, ["dist/a.d.ts", "dist/src/a.d.ts", "dist/src/b.d.ts", "dist/src/c.js", "dist/src/d.js", "src/c.d.ts"]),
    ).toEqual([
      "dist/a.d.ts has no map in the package",
      "dist/src/a.d.ts leads to src/a.ts, which is not in the package",
      "dist/src/b.d.ts has no map in the package",
      "dist/src/c.js has no map in the package",
    ]);
  });
});
