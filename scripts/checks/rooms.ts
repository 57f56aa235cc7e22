// One source: `npm run arrows` judges every import by these rooms, and writes the table in CONTRIBUTING.md from them.
import type { Room } from "./rooms/room.ts";
import { scriptRooms } from "./rooms/script-rooms.ts";
import { sourceRooms } from "./rooms/source-rooms.ts";
import { testRooms } from "./rooms/test-rooms.ts";

/** Every room, from the ground up. */
export const rooms: readonly Room[] = [...sourceRooms, ...scriptRooms, ...testRooms];
