import type { Room } from "../rooms/room.ts";
import { type Graph, knotsOf } from "./circles.ts";
import { type Offence, roomOf } from "./judge-arrows.ts";
import type { Imports } from "./read-imports.ts";

/** Every knot of files and of rooms, type imports included: who can only be understood together is one thing in several files. */
export function judgeCircles(rooms: readonly Room[], imports: Imports): Offence[] {
  const files = fileGraph(imports);
  return [
    ...knotsOf(files).map(({ members, circle }) => offence(circle, "files", members, (a, b) => whereFile(imports, a, b))),
    ...knotsOf(roomGraph(rooms, files)).map(({ members, circle }) =>
      offence(circle, "rooms", members, (a, b) => whereRoom(rooms, imports, a, b)),
    ),
  ];
}

function fileGraph(imports: Imports): Graph {
  const known = (target: string) => imports.has(target);
  return new Map(
    [...imports].map(([file, list]) => [file, new Set(list.filter((one) => one.relative && known(one.target)).map((one) => one.target))]),
  );
}

function roomGraph(rooms: readonly Room[], files: Graph): Graph {
  const graph = new Map(rooms.map(({ path }) => [path, new Set<string>()]));
  for (const [file, targets] of files) {
    const from = roomOf(rooms, file)?.path;
    for (const target of targets) {
      const to = roomOf(rooms, target)?.path;
      if (from !== undefined && to !== undefined && from !== to) graph.get(from)?.add(to);
    }
  }
  return graph;
}

type Where = (from: string, to: string) => string;

function offence(circle: readonly string[], what: "files" | "rooms", members: readonly string[], where: Where): Offence {
  const steps = circle.slice(1).map((to, index) => where(circle[index] ?? to, to));
  const knot = members.length > circle.length - 1 ? ` ${members.length} ${what} hang together: ${members.join(", ")}.` : "";
  return {
    at: steps[0] ?? "",
    wrong: `a circle of ${what}: ${circle.join(" → ")}`,
    rule: `no ${what} form a circle, type imports included`,
    cure: `Move what both sides need into a third file that knows neither. The steps: ${steps.join(", ")}.${knot}`,
  };
}

function whereFile(imports: Imports, from: string, to: string): string {
  const line = imports.get(from)?.find(({ target }) => target === to)?.line ?? 1;
  return `${from}:${line}`;
}

function whereRoom(rooms: readonly Room[], imports: Imports, from: string, to: string): string {
  const inside = [...imports].filter(([file]) => roomOf(rooms, file)?.path === from);
  const steps = inside.flatMap(([file, list]) =>
    list.filter(({ relative, target }) => relative && roomOf(rooms, target)?.path === to).map(({ line }) => `${file}:${line}`),
  );
  return steps[0] ?? from;
}
