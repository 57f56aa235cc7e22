import type { Room } from "../rooms/room.ts";
import { judgeArrows, judgeRooms, type Offence } from "./judge-arrows.ts";
import { judgeCircles } from "./judge-circles.ts";
import { judgePackages } from "./judge-packages.ts";
import { importsOfTree, type Tree } from "./read-imports.ts";
import { judgeTable } from "./rooms-table.ts";

/** Everything that is wrong with the rooms of a tree, `page` being the text that shows them. */
export function judgeTree(rooms: readonly Room[], tree: Tree, page: string): Offence[] {
  const imports = importsOfTree(tree);
  return [
    ...judgeRooms(rooms, imports),
    ...judgeArrows(rooms, imports),
    ...judgeCircles(rooms, imports),
    ...judgePackages(tree, imports),
    ...judgeTable(page, rooms),
  ];
}
