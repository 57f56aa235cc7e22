import type { Room } from "../rooms/room.ts";
import type { Offence } from "./judge-arrows.ts";

const begin = "<!-- rooms: written by `npm run arrows -- --write` from scripts/checks/rooms/ -->";
const end = "<!-- /rooms -->";

/** The rooms as a table in Markdown. */
export function roomsTable(rooms: readonly Room[]): string {
  const rows = rooms.map((room) => `| \`${room.path}\` | ${room.holds} | ${mayText(room)} |`);
  return ["| Room | What is in it | What it may import, besides itself |", "|---|---|---|", ...rows].join("\n");
}

/** The text with its table written anew; `undefined` when it has no place for one. */
export function withTable(text: string, rooms: readonly Room[]): string | undefined {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from === -1 || to < from) return undefined;
  return `${text.slice(0, from + begin.length)}\n\n${roomsTable(rooms)}\n\n${text.slice(to)}`;
}

/** Whether CONTRIBUTING.md shows the rooms that the check reads. */
export function judgeTable(text: string, rooms: readonly Room[]): Offence[] {
  const written = withTable(text, rooms);
  if (written === text) return [];
  const missing = written === undefined;
  return [
    {
      at: "CONTRIBUTING.md",
      wrong: missing ? "has no place for the table of rooms" : "shows another table of rooms than scripts/checks/rooms/",
      rule: "the rooms have one source: scripts/checks/rooms/",
      cure: missing ? `Put back the two lines ${begin} and ${end}.` : "npm run arrows -- --write",
    },
  ];
}

/** Folders that share a parent are named after it once: `src/`: model, util. */
function mayText({ may = [], types = [], packages = [] }: Room): string {
  const parts = [
    ...grouped(may),
    ...types.map((path) => `types of \`${path}\``),
    ...packages.map((name) => (name === "node:*" ? "Node" : `\`${name}\``)),
  ];
  return parts.length === 0 ? "nothing" : parts.join("; ");
}

function grouped(paths: readonly string[]): string[] {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const [, parent = "", name = path] = /^([^/]+\/)(.+)$/.exec(path) ?? [];
    groups.set(parent, [...(groups.get(parent) ?? []), name.replace(/\/$/, "")]);
  }
  return [...groups].map(([parent, names]) =>
    parent === "" ? names.map((name) => `\`${name}/\``).join(", ") : `\`${parent}\` ${names.join(" ")}`,
  );
}
