import { describe, expect, test } from "vitest";
import { judged, plantedRooms } from "./planted-rooms.ts";

const arrow = (at: string, target: string, rule: string) => `${at} imports ${target}: ${rule}`;

test("a repository that keeps its rooms has no offence", () => {
  expect(judged({})).toEqual([]);
});

describe("an import that its room may not have is named with file, line and rule", () => {
  test.each([
    ["import", 'import { a } from "../model/other.ts";'],
    ["import type", 'import type { A } from "../model/other.ts";'],
    ["export from", 'export * from "../model/other.ts";'],
    ["import()", 'const a = await import("../model/other.ts");'],
    ["a type written as import()", 'type A = import("../model/other.ts").A;'],
  ])("%s", (_, line) => {
    const offences = judged({ "src/util/own.ts": `// A comment.\n${line}`, "src/model/other.ts": "export {};" });
    expect(offences[0]).toBe(arrow("src/util/own.ts:2", "src/model/other.ts", "src/util/ may import no other room"));
  });

  test("a package", () => {
    expect(judged({ "src/model/update.ts": 'import { parse } from "yaml";' })).toEqual([
      arrow("src/model/update.ts:1", "yaml", "src/model/ may import no package"),
      "src/model/update.ts:1 imports yaml, and src/index.ts leads to it: the core needs one package at run time: openapi-fetch",
    ]);
  });

  test("a module of Node where only another is named", () => {
    const offences = judged({ "src/index.ts": 'import "./model/update.ts";\nimport { join } from "node:path";' });
    expect(offences[0]).toBe(arrow("src/index.ts:2", "node:path", "src/index.ts may import openapi-fetch, node:fs"));
  });

  test("types only, where types are all that may be had", () => {
    expect(judged({ "scripts/stated.ts": 'import { a } from "../src/model/update.ts";' })).toEqual([
      arrow("scripts/stated.ts:1", "src/model/update.ts", "scripts/stated.ts may import types of src/model/"),
    ]);
  });

  test("a deeper path of a package is that package", () => {
    expect(judged({ "src/index.ts": 'import "openapi-fetch/dist/index.js";' })).toEqual([]);
  });
});

describe("the table", () => {
  test("a file without a room", () => {
    expect(judged({ "src/other/file.ts": "export {};" })).toEqual([
      "src/other/file.ts belongs to no room: every source file belongs to a room",
    ]);
  });

  test("a room without a file", () => {
    expect(judged({}, [...plantedRooms, { path: "src/empty/", holds: "Nothing." }])).toEqual([
      "src/empty/ has no files: a room that is listed exists",
    ]);
  });

  test("a room that may import what stands below it", () => {
    const [util, ...others] = plantedRooms.map((room) => (room.path === "src/util/" ? { ...room, may: ["src/model/"] } : room));
    expect(judged({}, util === undefined ? [] : [util, ...others])).toEqual([
      "src/util/ names src/model/, which stands below it or is no room: rooms are listed from the ground up: each may import only what stands above it",
    ]);
  });

  test("the longest path has the file", () => {
    const rooms = [...plantedRooms, { path: "src/", holds: "The rest." }];
    expect(judged({ "src/rest.ts": 'import "./util/json.ts";' }, rooms)).toEqual([
      arrow("src/rest.ts:1", "src/util/json.ts", "src/ may import no other room"),
    ]);
  });
});

describe("rules of single packages", () => {
  test("one file reads XML", () => {
    expect(judged({ "scripts/drift/other.ts": 'import { XMLParser } from "fast-xml-parser";' })).toEqual([
      "scripts/drift/other.ts:1 imports fast-xml-parser: one file reads XML: scripts/drift/xml.ts",
    ]);
  });

  test("one file goes to the network", () => {
    expect(judged({ "scripts/drift/other.ts": "\nawait fetch(address);" })).toEqual([
      "scripts/drift/other.ts:2 calls fetch: one file goes to the network for metadata: scripts/drift/source.ts",
    ]);
  });

  test("the core needs one package, however far away the import stands", () => {
    const rooms = plantedRooms.map((room) => (room.path === "src/util/" ? { ...room, packages: ["diff"] } : room));
    expect(judged({ "src/util/json.ts": 'import "diff";' }, rooms)).toEqual([
      "src/util/json.ts:1 imports diff, and src/index.ts leads to it: the core needs one package at run time: openapi-fetch",
    ]);
  });
});
