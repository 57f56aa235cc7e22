// What a reviewer's edit of the YAML does to the types that consumers see: each edit, and the exact lines of the report that it changes.

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import { type PublicApi, publicApi } from "../../scripts/api/public-api.ts";
import { generate } from "../../scripts/generate/compile.ts";
import { wireNames } from "../../scripts/judges/cases/wire-names.ts";
import { readSpecText } from "../../scripts/spec/document.ts";
import { root } from "../../scripts/tool/root.ts";
import { fewerStatuses, fewerStatusesType, statuses, statusType } from "../support/as-it-is.ts";
import { whenAll } from "../support/when-all.ts";

// A compiler runs in each of these tests.
vi.setConfig({ testTimeout: 60_000 });

const { code, subcode } = wireNames.ResultInfo;
const folder = "test/types/public-api/";
const committed = new Map(readdirSync(folder).map((name) => [name, readFileSync(folder + name, "utf8").replaceAll("\r\n", "\n")]));

/** A piece of the YAML, which must be there, and what stands there instead. */
type Edit = readonly [from: string, to: string];

async function edited(edits: readonly Edit[]): Promise<PublicApi> {
  let yaml = readSpecText();
  for (const [from, to] of edits) {
    expect(yaml).toContain(from);
    yaml = yaml.replaceAll(from, to);
  }
  return publicApi(root, await generate(yaml));
}

/** The lines of `a` that `b` does not have; a line counts as often as it occurs. */
function without(a: string, b: string): string[] {
  const rest = b.split("\n");
  return a.split("\n").flatMap((line) => {
    const index = rest.indexOf(line);
    if (index === -1) return [line.trim()];
    rest.splice(index, 1);
    return [];
  });
}

/** The lines that went (`-`) and came (`+`), each with its file, sorted. */
function changes({ report }: PublicApi): string[] {
  expect([...report.keys()].sort()).toEqual([...committed.keys()].sort());
  return [...report]
    .flatMap(([name, after]) => {
      const before = committed.get(name) ?? "";
      return [...without(before, after).map((line) => `${name} - ${line}`), ...without(after, before).map((line) => `${name} + ${line}`)];
    })
    .sort();
}

const inFiles = (files: readonly string[], lines: readonly string[]) => files.flatMap((file) => lines.map((line) => `${file} ${line}`));
const inEach = (...lines: string[]) => inFiles(["client.d.ts", "index.d.ts", "journal.d.ts", "redis.d.ts"], lines);

const property = "        flavour:\n          description: 'How often. Source: choice.'\n          type: integer\n";
const server = `  - url: https://graph.example.com/v1.0
    description: 'A cloud. Source: choice.'
    x-cloud: { name: atlantis, version: v1.0, authorityHost: 'https://login.example.com', tokenScope: 'https://graph.example.com/.default' }
`;
const cloud = [
  "+ readonly atlantis: {",
  '+ readonly authorityHost: "https://login.example.com";',
  '+ readonly tokenScope: "https://graph.example.com/.default";',
  "+ readonly versions: {",
  '+ readonly "v1.0": "https://graph.example.com/v1.0";',
  "+ };",
  "+ };",
];

/** What another name of an operation changes. */
const renamed = (before: string, after: string, method: "get" | "post") =>
  [before, after].flatMap((id, index) =>
    inFiles(
      [`client.d.ts ${"-+"[index]}`],
      [
        `${id}<Init extends Options<"${id}">>(init: Exact<Init, Options<"${id}">>): Result<"${id}", Init>;`,
        `${id}: {`,
        `${method}: operations["${id}"];`,
      ],
    ),
  );

/** Edits that src/ can live with. They do not meet, so they are compiled together. */
const harmless: readonly (readonly [name: string, edit: Edit, lines: readonly string[]])[] = [
  [
    "a new status",
    [`enum: [${statuses}]`, `enum: [${statuses}, humming]`],
    inEach(`- ReportableStatus: ${statusType};`, `+ ReportableStatus: ${statusType} | "humming";`),
  ],
  [
    "an optional property that becomes required, and a required one that becomes optional",
    [`required: [${code}, ${subcode}]`, `required: [${code}, message]`],
    inEach(`- ${subcode}: number;`, `+ ${subcode}?: number;`, "- message?: string | null;", "+ message: string | null;"),
  ],
  ["a new property of an answer", [`        ${subcode}:\n`, `${property}        ${subcode}:\n`], inEach("+ flavour?: number;")],
  [
    "a new cloud, for every entry that takes a cloud",
    ["\n# What the client refuses before any request", `${server}\n# What the client refuses before any request`],
    inFiles(["azure.d.ts", "index.d.ts"], cloud),
  ],
  [
    "another name of an operation that nothing in src/ calls",
    ["updateRecordingStatusOnApp", "reportOnApp"],
    renamed("updateRecordingStatusOnApp", "reportOnApp", "post"),
  ],
];

/** One that src/ cannot live with: it does not meet them either. */
const called = "getCallOperation";
const harmful: (typeof harmless)[number] = [
  "another name of an operation that src/ calls",
  [`operationId: ${called}`, "operationId: readCallOperation"],
  renamed(called, "readCallOperation", "get"),
];

/** Every problem of the file is this one, at a line with this code. */
function expectProblems({ problems }: PublicApi, file: string, text: string, code: RegExp): void {
  const lines = readFileSync(file, "utf8").split("\n");
  const places = problems.filter((problem) => problem.file === file).map(({ line, message }) => [message, lines[line - 1]]);
  expect(places.length).toBeGreaterThan(0);
  expect(places).toEqual(places.map(() => [expect.stringContaining(text), expect.stringMatching(code)]));
}

describe("edits show as these lines, also where src/ cannot live with one of them", async () => {
  const all = [...harmless, harmful];
  const api = edited(all.map(([, edit]) => edit));

  test.each(all)("%s", async (_, _edit, lines) => expect(changes(await api)).toEqual(expect.arrayContaining([...lines])));

  test("and no other line changes", async () => expect(changes(await api)).toEqual(all.flatMap(([, , lines]) => lines).sort()));

  test("what no longer compiles is named with its place, and the others are no problem", async () => {
    expectProblems(await api, "src/http/transport.ts", `Argument of type '"${called}"' is not assignable`, /=> call\("getCallOperation",/);
    expect(new Set((await api).problems.map(({ file }) => file)).size).toBe(1);
  });
});

whenAll(() => {
  test("with edits that src/ can live with alone it compiles", async () => {
    expect((await edited(harmless.map(([, edit]) => edit))).problems).toEqual([]);
  });

  test("a status that is gone is in the report, and where src/ names it, it no longer compiles", async () => {
    const api = await edited([[`enum: [${statuses}]`, `enum: [${fewerStatuses}]`]]);
    const changed = changes(api);
    expect(changed).toContain(`index.d.ts + ReportableStatus: ${fewerStatusesType};`);
    expect(changed).toContain(`client.d.ts - ReportableStatus: ${statusType};`);
    for (const file of ["src/lifecycle/start-recording.ts", "src/lifecycle/announce.ts"])
      expectProblems(api, file, `Type '"failed"' is not assignable to type '"notRecording" | `, /status/);
  });
});

whenAll(() => {
  test("another wording, or a deprecation, gives the same bytes: comments are no part of the report", async () => {
    const api = await edited([
      ["What a bot may report. Graph's enum", "What bots report. Graph's enum"],
      ["      operationId: getCallOperation\n", "      operationId: getCallOperation\n      deprecated: true\n"],
    ]);
    expect(api).toEqual({ report: committed, problems: [] });
  });
});

test("no path of the machine and no comment but the header in the committed report", () => {
  for (const text of committed.values()) {
    expect(text).not.toContain(process.cwd());
    expect(text).not.toMatch(/public-api-|\/\*|GENERATED/);
    expect(text.split("\n").filter((line) => line.trim().startsWith("//") && !line.startsWith("/// <reference lib="))).toHaveLength(2);
  }
});
