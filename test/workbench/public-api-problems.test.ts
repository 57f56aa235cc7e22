// Generated files that are broken, or not generated files at all.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { parseProblems } from "../../scripts/api/compile-declarations.ts";
import { publicApi } from "../../scripts/api/public-api.ts";
import { staleReport } from "../../scripts/api/stale-report.ts";
import { root } from "../../scripts/tool/root.ts";
import { whenAll } from "../support/when-all.ts";

// A compiler runs in the first test.
vi.setConfig({ testTimeout: 60_000 });

const generated = () => new Map(readdirSync("generated").map((name) => [name, readFileSync(`generated/${name}`, "utf8")]));

/** Where the door to generated code first imports a file. */
const lineOf = (name: string) =>
  1 +
  readFileSync("src/wire.ts", "utf8")
    .split("\n")
    .findIndex((line) => line.includes(name));

whenAll(() => {
  test("entries that are too broken to be read are missing, and the problems say why", async () => {
    const files = generated().set("types.gen.ts", "export type Nothing = never;\n");
    files.delete("client.gen.ts");
    const { report, problems } = await publicApi(root, files);
    expect([...report.keys()]).toEqual([]);
    expect(problems).toEqual(
      expect.arrayContaining([
        {
          file: "src/wire.ts",
          line: lineOf("types.gen.ts"),
          message: `TS2305: Module '"../generated/types.gen.ts"' has no exported member 'components'.`,
        },
        {
          file: "src/wire.ts",
          line: lineOf("client.gen.ts"),
          message: "TS2307: Cannot find module '../generated/client.gen.ts' or its corresponding type declarations.",
        },
      ]),
    );
  });
});

test.each(["../src/wire.ts", "a/b.ts", "types.gen.js", ".ts", ""])("%j is refused as the name of a generated file", async (name) => {
  await expect(publicApi(root, new Map([[name, ""]]))).rejects.toMatchObject({ name: "BadInput" });
});

test("a message of the compiler keeps its indented lines, and the temporary folder is not in it", () => {
  const output = `src/a.ts(3,14): error TS2322: Type 'A' is not assignable to type 'import("/tmp/x/src/b").B'.
  Types of property 'c' are incompatible.
    Type 'string' is not assignable to type 'number'.
generated/d.ts(10,1): error TS1128: Declaration or statement expected.

Found 2 errors.
`;
  expect(parseProblems(output, "/tmp/x/")).toEqual([
    {
      file: "src/a.ts",
      line: 3,
      message: `TS2322: Type 'A' is not assignable to type 'import("src/b").B'.
  Types of property 'c' are incompatible.
    Type 'string' is not assignable to type 'number'.`,
    },
    { file: "generated/d.ts", line: 10, message: "TS1128: Declaration or statement expected." },
  ]);
});

test("a stale report: one line with the command that mends it, then what differs", () => {
  const before = new Map([
    ["a.d.ts", "one\ntwo\nthree\nfour\nfive\n"],
    ["old.d.ts", "gone\n"],
    ["same.d.ts", "same\n"],
  ]);
  const after = new Map([
    ["a.d.ts", "one\ntwo\nTHREE\nfour\nfive\n"],
    ["same.d.ts", "same\n"],
    ["new.d.ts", "come\n"],
  ]);
  expect(staleReport(before, after, "report/", "npm run mend")?.split("\n")).toEqual([
    "report/ is stale (a.d.ts, new.d.ts, old.d.ts): consumers would see other types. If that is what you mean, run: npm run mend",
    "--- report/a.d.ts",
    "@@ line 2 @@",
    " two",
    "-three",
    "+THREE",
    " four",
    "--- report/new.d.ts",
    "@@ line 1 @@",
    "+come",
    "--- report/old.d.ts",
    "@@ line 1 @@",
    "-gone",
  ]);
  expect(staleReport(before, new Map(before), "report/", "npm run mend")).toBeUndefined();
});

test("the diff of a report that differs in everything stays short", () => {
  const many = Array.from({ length: 500 }, (_, index) => `line ${index}\n`).join("");
  const lines = staleReport(new Map(), new Map([["a.d.ts", many]]), "report/", "npm run mend")?.split("\n") ?? [];
  expect(lines).toHaveLength(42);
  expect(lines.at(-1)).toBe("… and 462 more lines.");
});
