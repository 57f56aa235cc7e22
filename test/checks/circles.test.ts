import { describe, expect, test } from "vitest";
import { knotsOf } from "../../scripts/checks/imports/circles.ts";
import { judged, plantedRooms } from "./planted-rooms.ts";

const graph = (arrows: Readonly<Record<string, string>>) =>
  new Map(Object.entries(arrows).map(([from, to]) => [from, new Set(to.split(" ").filter((name) => name !== ""))]));

describe("circles of a graph", () => {
  test("a graph without one has none, however often two ways meet", () => {
    expect(knotsOf(graph({ a: "b c", b: "d", c: "d", d: "" }))).toEqual([]);
  });

  test("two that know each other", () => {
    expect(knotsOf(graph({ a: "b", b: "a" }))).toEqual([{ members: ["a", "b"], circle: ["a", "b", "a"] }]);
  });

  test("the shortest way around is shown, and all that hang together", () => {
    expect(knotsOf(graph({ a: "b", b: "c", c: "d", d: "a c", e: "a" }))).toEqual([
      { members: ["a", "b", "c", "d"], circle: ["c", "d", "c"] },
    ]);
  });

  test("two knots that one way joins are two", () => {
    expect(knotsOf(graph({ a: "b", b: "a c", c: "d", d: "c" })).map(({ members }) => members.join())).toEqual(["a,b", "c,d"]);
  });

  test("who knows itself and who knows a stranger is no circle", () => {
    expect(knotsOf(graph({ a: "a b" }))).toEqual([]);
  });
});

describe("circles of a repository", () => {
  test("files of one room", () => {
    const files = { "src/util/json.ts": 'import { own } from "./own.ts";' };
    expect(judged(files)).toEqual([
      "src/util/json.ts:1 a circle of files: src/util/json.ts → src/util/own.ts → src/util/json.ts: no files form a circle, type imports included",
    ]);
  });

  test("files that know only each other's types", () => {
    const files = {
      "src/util/json.ts": 'import type { Own } from "./own.ts";',
      "src/util/own.ts": 'import type { Json } from "./json.ts";',
    };
    expect(judged(files)).toHaveLength(1);
  });

  test("rooms whose files form no circle", () => {
    const files = { "src/util/other.ts": 'import type { A } from "../model/single.ts";', "src/model/single.ts": "export type A = 1;" };
    expect(judged(files)).toEqual([
      "src/util/other.ts:1 imports src/model/single.ts: src/util/ may import no other room",
      "src/model/update.ts:1 a circle of rooms: src/model/ → src/util/ → src/model/: no rooms form a circle, type imports included",
    ]);
  });

  test("a table that allows a circle does not hide it", () => {
    const rooms = plantedRooms.map((room) => (room.path === "src/util/" ? { ...room, may: ["src/model/"] } : room));
    const files = { "src/util/other.ts": 'import "../model/single.ts";', "src/model/single.ts": "export {};" };
    expect(judged(files, rooms)).toHaveLength(2);
  });
});
