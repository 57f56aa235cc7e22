/** Who knows whom. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Everything that lies in a circle together, with the shortest way around: `["a", "b", "a"]`. */
export type Knot = { readonly members: readonly string[]; readonly circle: readonly string[] };

/** The knots of a graph, each once; none when no circle exists. Whoever knows only itself is no circle. */
export function knotsOf(graph: Graph): Knot[] {
  const reach = new Map([...graph.keys()].map((node) => [node, reachableFrom(graph, node)]));
  const seen = new Set<string>();
  const knots: Knot[] = [];
  for (const node of [...graph.keys()].sort()) {
    if (seen.has(node) || reach.get(node)?.has(node) !== true) continue;
    const members = [...(reach.get(node) ?? [])].filter((other) => reach.get(other)?.has(node)).sort();
    for (const member of members) seen.add(member);
    knots.push({ members, circle: shortest(members.map((member) => wayAround(graph, member))) });
  }
  return knots;
}

function reachableFrom(graph: Graph, start: string): Set<string> {
  const found = new Set<string>();
  const waiting = [start];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (const next of neighbours(graph, node)) {
      if (found.has(next)) continue;
      found.add(next);
      waiting.push(next);
    }
  }
  return found;
}

/** The shortest way from a node back to itself, breadth first. */
function wayAround(graph: Graph, start: string): string[] {
  const from = new Map<string, string>();
  const waiting = [start];
  for (const node of waiting) {
    for (const next of neighbours(graph, node)) {
      if (next === start) return [...wayTo(from, start, node), start];
      if (from.has(next)) continue;
      from.set(next, node);
      waiting.push(next);
    }
  }
  return [];
}

function wayTo(from: ReadonlyMap<string, string>, start: string, end: string): string[] {
  const way = [end];
  for (let node = end; node !== start; way.unshift(node)) node = from.get(node) ?? start;
  return way;
}

function neighbours(graph: Graph, node: string): string[] {
  return [...(graph.get(node) ?? [])].filter((next) => next !== node);
}

function shortest(ways: readonly string[][]): string[] {
  return ways.reduce((best, way) => (way.length < best.length ? way : best));
}
