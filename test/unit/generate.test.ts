import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { generate, staleFiles } from "../../scripts/generate/compile.ts";
import { readSpecText } from "../../scripts/spec/document.ts";

const text = readSpecText();
const edit = (from: string, to: string) => {
  expect(text).toContain(from);
  return text.replace(from, to);
};

test("same text, same bytes, and they are the committed ones", async () => {
  const [first, second] = [await generate(text), await generate(text)];
  expect(second).toEqual(first);
  expect([...first.keys()].sort()).toEqual(readdirSync("generated").sort());
  for (const [name, content] of first) expect(readFileSync(`generated/${name}`, "utf8").replaceAll("\r\n", "\n")).toBe(content);
});

test("no path of the machine and no clock in what is generated", async () => {
  const all = [...(await generate(text)).values()].join("\n");
  expect(all).not.toContain(process.cwd());
  expect(all).not.toContain(String(new Date().getFullYear() + 1));
});

test("a small edit gives a small diff: the headers and one line", async () => {
  const [limit] = /maxLength: \d+/.exec(text) ?? [""];
  const before = await generate(text);
  const after = await generate(edit(limit, "maxLength: 77"));
  const changed = [...after].flatMap(([name, content]) => {
    const old = (before.get(name) as string).split("\n");
    return content.split("\n").filter((line, index) => line !== old[index] && !line.startsWith("// GENERATED"));
  });
  expect(changed).toHaveLength(1);
  expect(changed[0]).toContain("maxLength: 77");
});

test("what an operation demands is what the document demands, where it says nothing of its own", async () => {
  const demand = / {6}security:\n(?: {8}- graph.*\n)+/g;
  const [own = ""] = text.match(demand) ?? [];
  const moved = text
    .replace(demand, "")
    .replace("\ntags:\n", () => `\n${own.replace(/^ {6}/, "").replaceAll("        -", "  -")}\ntags:\n`);
  const code = (files: Map<string, string>) => files.get("constants.gen.ts")?.replace(/^.*\n/, "");
  expect(code(await generate(moved))).toBe(code(await generate(text)));
});

describe("a spec that cannot be compiled gives one clear message", () => {
  test.each([
    ["not YAML", "openapi: [", /is not valid YAML/],
    ["empty", "", /is no OpenAPI document: it holds no mapping/],
    ["no paths", "servers: []\ncomponents: {}\n", /has no paths/],
    [
      "a server without a cloud name",
      () => edit("      name: usGovL4", "      nam: usGovL4"),
      /Server https:\/\/graph\.microsoft\.us\/v1\.0 has no x-cloud\.name/,
    ],
    [
      "two servers for one version",
      () => edit("      version: beta\n      authorityHost", "      version: v1.0\n      authorityHost"),
      /Cloud global has two servers for v1\.0/,
    ],
    [
      "an operation without a name",
      () => edit("operationId: getCallOperation", "operationId: get-call"),
      /needs an operationId that can name a function/,
    ],
    [
      "a reference to nowhere",
      () => edit("schema: { $ref: '#/components/schemas/CommsOperation' }", "schema: { $ref: '#/components/schemas/Nowhere' }"),
      /Can't resolve \$ref at .*getCallOperation|operations.*lint:spec/,
    ],
    [
      "a mark that is not true",
      () => edit("x-retryable: true", "x-retryable: sometimes"),
      /The answer \d+ of updateRecordingStatus has x-retryable: "sometimes": write true, or leave it out/,
    ],
    [
      "a mark at no status of its own",
      () => edit("description: 'Any status that is not listed.", "x-retryable: true\n      description: 'Any status that is not listed."),
      /The answer default of updateRecordingStatus cannot be retryable/,
    ],
    [
      "a status that is retryable in one operation only",
      () => edit("'503': { $ref: '#/components/responses/ServiceUnavailable' }", "'503': { $ref: '#/components/responses/NotFound' }"),
      /The answer 503 is retryable in one of updateRecordingStatus and updateRecordingStatusOnApp only: write x-retryable at both or at none/,
    ],
    [
      "a text where a list belongs",
      () => text.replace(/x-issuers: .*/, "x-issuers: []"),
      /notificationToken needs a list of addresses as its x-issuers, not \[\]/,
    ],
    ["a schema that is gone", () => text.replaceAll("    ResultInfo:\n", "    Renamed:\n"), /ResultInfo/],
    [
      "a schema that holds itself",
      () =>
        edit(
          "allOf:\n        - $ref: '#/components/schemas/CommsOperation'",
          "allOf:\n        - $ref: '#/components/schemas/UpdateRecordingStatusOperation'",
        ),
      /refers to itself/,
    ],
  ])("%s", async (_, broken, message) => {
    await expect(generate(typeof broken === "string" ? broken : broken())).rejects.toThrow(message);
  });
});

describe("--check", () => {
  const folder = `${mkdtempSync(join(tmpdir(), "generated-"))}/`;
  afterEach(() => {
    for (const name of readdirSync(folder)) rmSync(folder + name);
  });
  const files = new Map([
    ["a.gen.ts", "a\n"],
    ["b.gen.ts", "b\n"],
  ]);
  const write = (name: string, content: string) => writeFileSync(folder + name, content);

  test("names what is missing, edited by hand, or not from the spec", () => {
    write("a.gen.ts", "a edited\n");
    write("c.gen.ts", "c\n");
    expect(staleFiles(folder, files)).toEqual([
      "b.gen.ts is missing",
      "a.gen.ts differs from what the spec compiles to",
      "c.gen.ts does not come from the spec",
    ]);
  });

  test("a checkout with CRLF is no difference", () => {
    write("a.gen.ts", "a\r\n");
    write("b.gen.ts", "b\r\n");
    expect(staleFiles(folder, files)).toEqual([]);
  });

  // That it passes on the committed files is a stage of its own.
  test("the command refuses options that it does not have", () => {
    expect(() => execFileSync("node", ["scripts/generate/main.ts", "--chek"], { encoding: "utf8", stdio: "pipe" })).toThrow(
      /Unknown option '--chek'/,
    );
  });
});
