import { judgeTree } from "../../scripts/checks/imports/judge-tree.ts";
import { withTable } from "../../scripts/checks/imports/rooms-table.ts";
import type { Room } from "../../scripts/checks/rooms/room.ts";

/** A small repository in which nothing is wrong: each test plants one thing more. */
export const plantedRooms: readonly Room[] = [
  { path: "src/util/", holds: "Tools." },
  { path: "src/model/", holds: "Words.", may: ["src/util/"] },
  { path: "src/index.ts", holds: "The entry.", may: ["src/model/", "src/util/"], packages: ["openapi-fetch", "node:fs"] },
  { path: "scripts/stated.ts", holds: "Stated types.", types: ["src/model/"] },
  { path: "scripts/drift/", holds: "Drift.", packages: ["node:*", "fast-xml-parser"] },
];

const good: Readonly<Record<string, string>> = {
  "src/util/json.ts": "export const json = 1;",
  "src/util/own.ts": 'import { json } from "./json.ts";',
  "src/model/update.ts": 'import { json } from "../util/json.ts";',
  "src/index.ts": 'export * from "./model/update.ts";\nimport fetcher from "openapi-fetch";',
  "scripts/stated.ts": 'import type {\n  Update,\n} from "../src/model/update.ts";',
  "scripts/drift/xml.ts": 'import { XMLParser } from "fast-xml-parser";\nimport { join } from "node:path";',
  "scripts/drift/source.ts": "await fetch(address);",
};

export const emptyPage = ["<!-- rooms: written by `npm run arrows -- --write` from scripts/checks/rooms/ -->", "<!-- /rooms -->"].join(
  "\n",
);

/** What the check says of the small repository with these files in place of its own: each offence in one line. */
export function judged(files: Readonly<Record<string, string>>, rooms: readonly Room[] = plantedRooms): string[] {
  const tree = new Map(Object.entries({ ...good, ...files }));
  const page = withTable(emptyPage, rooms) ?? "";
  return judgeTree(rooms, tree, page).map(({ at, wrong, rule }) => `${at} ${wrong}: ${rule}`);
}
