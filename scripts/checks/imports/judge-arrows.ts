import type { Room } from "../rooms/room.ts";
import type { Import, Imports } from "./read-imports.ts";

/** Something that must be mended: what is wrong, by which rule, and how. */
export type Offence = { readonly at: string; readonly wrong: string; readonly rule: string; readonly cure: string };

/** The room of a file: the longest path that is listed. */
export function roomOf(rooms: readonly Room[], file: string): Room | undefined {
  const holders = rooms.filter(({ path }) => (path.endsWith("/") ? file.startsWith(path) : file === path));
  return holders.sort((a, b) => b.path.length - a.path.length)[0];
}

/** Every import that its room may not have, and every file that has no room. */
export function judgeArrows(rooms: readonly Room[], imports: Imports): Offence[] {
  return [...imports].flatMap(([file, imported]) => {
    const room = roomOf(rooms, file);
    if (room === undefined) return [homeless(file)];
    return imported.filter((one) => !mayImport(rooms, room, one)).map((one) => arrowOffence(file, room, one));
  });
}

function mayImport(rooms: readonly Room[], room: Room, { target, relative, typeOnly }: Import): boolean {
  const types = typeOnly ? typesOf(room) : [];
  if (!relative)
    return [...packagesOf(room), ...types].some((name) => name === target || (name === "node:*" && target.startsWith("node:")));
  const other = roomOf(rooms, target);
  const allowed = [...mayOf(room), ...types];
  return other === room || allowed.some((path) => path === target || path === other?.path);
}

function arrowOffence(file: string, room: Room, { name, target, relative, line }: Import): Offence {
  const types = typesOf(room).map((path) => `types of ${path}`);
  const lists = [...(relative ? mayOf(room) : packagesOf(room)), ...types];
  const may = lists.length === 0 ? "nothing" : lists.join(", ");
  return {
    at: `${file}:${line}`,
    wrong: `imports ${relative ? target : name}`,
    rule: `${room.path} may import ${relative ? (lists.length === 0 ? "no other room" : may) : lists.length === 0 ? "no package" : may}`,
    cure: relative
      ? "Move what is needed into a room that both may import, or pass it in. Only if the arrow itself is right: scripts/checks/rooms/."
      : "Use it in the room that may, and pass in what it makes. Only if the package belongs here: scripts/checks/rooms/, and CONTRIBUTING.md says why it is there.",
  };
}

function homeless(file: string): Offence {
  return {
    at: file,
    wrong: "belongs to no room",
    rule: "every source file belongs to a room",
    cure: "Move it into a room, or add its room to scripts/checks/rooms/ and run npm run arrows -- --write.",
  };
}

/** The table itself: rooms are listed from the ground up, so that no two can ever know each other, and none is left over. */
export function judgeRooms(rooms: readonly Room[], imports: Imports): Offence[] {
  const cure = "Mend scripts/checks/rooms/.";
  return rooms.flatMap((room, index) => {
    const above = rooms.slice(0, index);
    const backwards = [...mayOf(room), ...typesOf(room)].filter(
      (path) => !path.startsWith("node:") && !above.includes(roomOf(rooms, path) ?? room),
    );
    const offences = backwards.map((path) => ({
      at: room.path,
      wrong: `names ${path}, which stands below it or is no room`,
      rule: "rooms are listed from the ground up: each may import only what stands above it",
      cure,
    }));
    const lived = [...imports.keys()].some((file) => roomOf(rooms, file) === room);
    return lived ? offences : [...offences, { at: room.path, wrong: "has no files", rule: "a room that is listed exists", cure }];
  });
}

const mayOf = (room: Room): readonly string[] => room.may ?? [];
const typesOf = (room: Room): readonly string[] => room.types ?? [];
const packagesOf = (room: Room): readonly string[] => room.packages ?? [];
