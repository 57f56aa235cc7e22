// openapi/ → generated/ → src/ → test/: who may import what. A new import in the wrong direction fails here, with the rule that it breaks.
import { globSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

type Room = { readonly files: string; readonly except?: string; readonly may: readonly RegExp[]; readonly rule: string };

const consumers = [/^teams-recording-status(\/|$)/, /^node:/, /^vitest$/, /^fast-check$/, /^yaml$/, /^@azure\/identity$/];

const rooms: readonly Room[] = [
  { files: "generated/*.ts", may: [/^openapi-fetch$/, /^generated\//], rule: "generated code uses openapi-fetch and itself only" },
  { files: "src/wire.ts", may: [/^generated\//], rule: "the door leads to generated/ and nowhere else" },
  {
    files: "src/*.ts",
    except: "src/wire.ts",
    may: [/^src\/([^/]+|lifecycle\/[^/]+)$/],
    rule: "the core enters generated/ by src/wire.ts, and uses no package",
  },
  {
    files: "src/testing/*.ts",
    may: [/^src\//, /^node:module$/, /^@stoplight\/prism-(core|http|http-server)$/],
    rule: "only the testing entry may use Prism and Node",
  },
  { files: "src/lifecycle/*.ts", may: [/^src\/([^/]+|lifecycle\/[^/]+)$/], rule: "the life of a recording is part of the core" },
  {
    files: "src/azure/*.ts",
    may: [/^src\/[^/]+$/, /^src\/azure\/[^/]+$/, /^@azure\/identity$/],
    rule: "only the azure entry may use @azure/identity",
  },
  {
    files: "test/azure/*.ts",
    may: [...consumers, /^test\/(azure|support)\//, /^src\/azure\/azure-credential\.ts$/],
    rule: "tests of the azure entry import what consumers import, and its loader",
  },
  {
    files: "test/lifecycle/*.ts",
    may: [...consumers, /^test\/(lifecycle|support)\//],
    rule: "lifecycle tests import what consumers import",
  },
  {
    files: "scripts/**/*.ts",
    may: [
      /^scripts\//,
      /^node:/,
      /^(yaml|openapi-typescript|diff|cli-progress|piscina|fast-xml-parser|typedoc|markdown-it|typescript|sirv|@viz-js\/viz|rolldown|rolldown-plugin-dts)$/,
      /^@stoplight\//,
      // A review asks the judges, who know nothing of src/.
      /^test\/judges\/judge\.ts$/,
    ],
    rule: "no arrow leads from scripts/ to src/ or generated/",
  },
  {
    files: "scripts/drift/*.ts",
    may: [/^scripts\/(drift\/[^/]+|spec|tool|json|places)\.ts$/, /^node:(fs|fs\/promises|util)$/, /^yaml$/, /^fast-xml-parser$/],
    rule: "the comparison with metadata knows no other tool",
  },
  { files: "scripts/docs/browser/*.ts", may: [], rule: "what runs in a page is one plain script" },
  { files: "examples/*.ts", may: [...consumers, /^examples\//], rule: "examples import what consumers import" },
  {
    files: "test/contract/**/*.ts",
    may: [...consumers, /^test\/(contract|support)\//],
    rule: "contract tests import what consumers import",
  },
  { files: "bench/*.ts", may: [...consumers, /^src\/(testing\/)?index\.ts$/], rule: "benchmarks run the entries from source" },
  { files: "test/types/*.ts", may: [...consumers, /^test\/types\//], rule: "type tests import what consumers import" },
  {
    files: "test/facts/*.ts",
    may: [...consumers, /^test\/(facts|support)\//, /^scripts\/(spec|drift\/[^/]+)\.ts$/],
    rule: "facts know the spec and how metadata is read, not the client",
  },
  {
    files: "test/workbench/**/*.ts",
    may: [/^scripts\//, /^test\/(workbench|support|facts)\//, /^node:/, /^vitest$/, /^yaml$/],
    rule: "tests of the reviewers' tools know the tools and the spec, not the client",
  },
  {
    files: "test/docs/*.ts",
    may: [/^test\/docs\//, /^node:/, /^vitest(\/node)?$/, /^yaml$/, /^playwright-core$/],
    rule: "tests of the docs run the commands and look at what they wrote",
  },
  {
    files: "test/judges/**/*.ts",
    may: [
      ...consumers,
      /^scripts\//,
      /^generated\//,
      /^test\/(judges|facts|support)\//,
      /^piscina$/,
      /^typescript$/,
      /^@stoplight\/prism-(core|http)$/,
    ],
    rule: "judges know the facts, the generator and what it generates, not the client's own code",
  },
];

/** What a file imports, relative ones as paths from the root; `import type`, `export from`, `import()` and `require()` included. */
function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, "utf8"), true, true);
  return importedFiles.map(({ fileName }) => (fileName.startsWith(".") ? posix.join(posix.dirname(file), fileName) : fileName));
}

describe.each(rooms)("$files: $rule", ({ files, except, may }) => {
  const found = globSync(files)
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file !== except);

  test("there are such files", () => expect(found.length).toBeGreaterThan(0));

  test.each(found)("%s", (file) => {
    const forbidden = importsOf(file).filter((imported) => !may.some((pattern) => pattern.test(imported)));
    expect(forbidden, `${file} must not import these`).toEqual([]);
  });
});

test("nothing imports scripts/ but scripts/ itself and the tests of the scripts", () => {
  const importers = globSync("{src,generated,examples,test}/**/*.ts").filter((file) =>
    importsOf(file).some((name) => name.startsWith("scripts/")),
  );
  expect(importers.filter((file) => !/^test\/(unit|facts|judges|workbench|docs)\//.test(file))).toEqual([]);
});

test("one file reads XML, and one goes to the network for metadata", () => {
  const files = globSync("{src,scripts,test}/**/*.ts");
  expect(files.filter((file) => importsOf(file).includes("fast-xml-parser"))).toEqual(["scripts/drift/xml.ts"]);
  expect(globSync("scripts/drift/*.ts").filter((file) => /\bfetch\(/.test(readFileSync(file, "utf8")))).toEqual([
    "scripts/drift/source.ts",
  ]);
});

test("the core needs one package at run time: openapi-fetch", () => {
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    if (file.startsWith("src/") || file.startsWith("generated/")) for (const imported of importsOf(file)) visit(imported);
  };
  visit("src/index.ts");
  expect([...seen].filter((name) => !/^(src|generated)\//.test(name))).toEqual(["openapi-fetch"]);
});
