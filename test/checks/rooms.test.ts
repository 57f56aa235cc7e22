// The table that the check reads, and that it keeps the one-way street: a permission that nobody should write fails here.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { judgeTable, roomsTable, withTable } from "../../scripts/checks/imports/rooms-table.ts";
import { rooms } from "../../scripts/checks/rooms.ts";
import { root } from "../../scripts/tool/root.ts";
import { emptyPage, plantedRooms } from "./planted-rooms.ts";

/** Rooms below a folder that may import from another folder. */
const arrows = (from: string, to: RegExp) =>
  rooms
    .filter(({ path, may = [], types = [] }) => path.startsWith(from) && [...may, ...types].some((name) => to.test(name)))
    .map(({ path }) => path);

test("nothing that is published knows scripts/ or test/", () => {
  expect([...arrows("src/", /^(scripts|test)\//), ...arrows("generated/", /^(src|scripts|test)\//)]).toEqual([]);
});

test("one room enters generated/", () => {
  expect(arrows("src/", /^generated\//)).toEqual(["src/wire.ts"]);
});

test("no arrow leads from scripts/ to src/ or test/, and one, for types, to generated/", () => {
  expect(arrows("scripts/", /^(src|test)\//)).toEqual([]);
  expect(arrows("scripts/", /^generated\//)).toEqual(["scripts/judges/wire-types.ts"]);
  expect(rooms.find(({ path }) => path === "scripts/judges/wire-types.ts")?.may).toEqual(["scripts/judges/stated.ts"]);
});

test("contract tests know the case tables, what tests share, and what consumers import", () => {
  expect(rooms.find(({ path }) => path === "test/contract/")?.may).toEqual(["test/support/", "scripts/judges/cases/"]);
});

test("of what is published, one room uses Prism, one the Azure SDK, and one the fetch client", () => {
  const users = (name: string) =>
    rooms.filter(({ path, packages = [] }) => /^(src|generated)\//.test(path) && packages.includes(name)).map(({ path }) => path);
  expect(users("@stoplight/prism-http")).toEqual(["src/testing/"]);
  expect(users("@azure/identity")).toEqual(["src/azure/"]);
  expect(users("openapi-fetch")).toEqual(["generated/"]);
  expect(users("node:*")).toEqual([]);
});

test("the entries that only some need do not know each other", () => {
  expect([...arrows("src/azure/", /^src\/testing\//), ...arrows("src/testing/", /^src\/azure\//)]).toEqual([]);
});

// With the arrows this judges every import, and biome need not read all packages for its own rule, which takes as long as half of its others.
test("what a room may import is declared, by the package that the room belongs to", () => {
  const ofItsOwn = ["bench/clients/", "examples/recipes/project/"];
  const declaredIn = (folder: string) => {
    const { name, ...fields } = JSON.parse(readFileSync(`${root}${folder}package.json`, "utf8"));
    return [name, ...["dependencies", "devDependencies", "peerDependencies"].flatMap((field) => Object.keys(fields[field] ?? {}))];
  };
  const undeclared = rooms.flatMap(({ path, packages = [] }) => {
    const declared = declaredIn(ofItsOwn.find((folder) => path.startsWith(folder)) ?? "");
    // The recipes' project has the library from the packed archive.
    const known = (name: string) => name.startsWith("node:") || name === "teams-recording-status" || declared.includes(name);
    return packages.filter((name) => !known(name)).map((name) => `${path}: ${name}`);
  });
  expect(undeclared).toEqual([]);
});

test("the table names each room once, with what it may import", () => {
  expect(roomsTable(plantedRooms).split("\n").slice(2)).toEqual([
    "| `src/util/` | Tools. | nothing |",
    "| `src/model/` | Words. | `src/` util |",
    "| `src/index.ts` | The entry. | `src/` model util; `openapi-fetch`; `node:fs` |",
    "| `scripts/stated.ts` | Stated types. | types of `src/model/` |",
    "| `scripts/drift/` | Drift. | Node; `fast-xml-parser` |",
  ]);
});

test("a page with another table is an offence that names the command, and the command mends it", () => {
  const page = `Before.\n${emptyPage}\nAfter.`;
  expect(judgeTable(page, plantedRooms)).toMatchObject([{ at: "CONTRIBUTING.md", cure: "npm run arrows -- --write" }]);
  const written = withTable(page, plantedRooms) ?? "";
  expect(written).toMatch(/^Before\.[\s\S]+\nAfter\.$/);
  expect(judgeTable(written, plantedRooms)).toEqual([]);
});

test("a page without a place for the table says which lines are missing", () => {
  expect(judgeTable("Nothing.", plantedRooms)).toMatchObject([{ cure: expect.stringContaining("<!-- /rooms -->") }]);
});
