import { type Graph, instance } from "@viz-js/viz";
import type { CodeFacts } from "./read-code.ts";

/** A move between two phases, with all the events that make it. */
export type Move = { readonly from: string; readonly to: string; readonly events: string[] };

/** The moves of the table, those that lead back to their own phase left out, as in README.md. */
export function movesOf(table: CodeFacts["moves"]): Move[] {
  const found = new Map<string, Move>();
  for (const [from, events] of Object.entries(table))
    for (const [event, targets] of Object.entries(events))
      for (const to of targets.filter((target) => target !== from)) {
        const key = `${from} ${to}`;
        const move = found.get(key) ?? { from, to, events: [] };
        move.events.push(event);
        found.set(key, move);
      }
  return [...found.values()];
}

/** The table of moves in words: what a screen reader says in place of the drawing. */
export function inWords(table: CodeFacts["moves"]): string {
  const moves = movesOf(table);
  const [first] = Object.keys(table);
  return `A recording begins as ${first}. ${moves.map(({ from, to, events }) => `${from} becomes ${to} by ${events.join(" or ")}.`).join(" ")}`;
}

/** The life of a recording as SVG. Colours come from the page's style sheet, by the classes of phases and moves. */
export async function lifecycleDiagram({ moves, permitting }: CodeFacts): Promise<string> {
  const viz = await instance();
  const svg = viz.renderString(graphOf(moves, permitting), { format: "svg" });
  const [, box = "0 0 0 0"] = /viewBox="([^"]+)"/.exec(svg) ?? [];
  const [, , width = "0"] = box.split(" ");
  const drawing = svg
    .slice(svg.indexOf("<g "), svg.lastIndexOf("</svg>"))
    .replaceAll(/<!--[\s\S]*?-->|<title>.*?<\/title>| (fill|stroke)="[^"]*"| xml:space="preserve"| id="[^"]*"/g, "")
    .replaceAll(/\n+/g, "\n");
  return `<svg class="lifecycle" viewBox="${box}" style="max-width:${Math.ceil(Number(width) * 1.25)}px" role="img" aria-labelledby="lifecycle-title lifecycle-desc" xmlns="http://www.w3.org/2000/svg">
<title id="lifecycle-title">The life of a recording</title>
<desc id="lifecycle-desc">${inWords(moves)}</desc>
${labelsLast(drawing)}</svg>`;
}

/** What is drawn last lies on top: else a later line would strike an earlier label through. */
function labelsLast(drawing: string): string {
  const labels: string[] = [];
  const lines = drawing.replaceAll(/(<g class="edge">)([\s\S]*?)<\/g>/g, (_, start: string, content: string) => {
    labels.push(...(content.match(/<text[\s\S]*?<\/text>/g) ?? []));
    return `${start}${content.replaceAll(/<text[\s\S]*?<\/text>\n?/g, "")}</g>`;
  });
  return lines.replace(/<\/g>\s*$/, () => `<g class="labels">\n${labels.join("\n")}\n</g>\n</g>\n`);
}

function graphOf(table: CodeFacts["moves"], permitting: readonly string[]): Graph {
  const phases = Object.keys(table);
  const moves = movesOf(table);
  const last = phases.filter((phase) => !moves.some(({ from }) => from === phase));
  const point = { shape: "circle", style: "filled", label: "", width: 0.14, height: 0.14, fixedsize: true, class: "point" };
  return {
    directed: true,
    graphAttributes: { rankdir: "TB", bgcolor: "transparent", nodesep: 0.4, ranksep: 0.4, margin: 0.02 },
    nodeAttributes: { shape: "box", style: "rounded", fontname: "Helvetica", fontsize: 14, margin: "0.12,0.06", height: 0.36 },
    edgeAttributes: { fontname: "Helvetica", fontsize: 12, arrowsize: 0.7 },
    nodes: [
      { name: "begin", attributes: point },
      ...phases.map((name) => ({ name, attributes: { label: name, class: permitting.includes(name) ? "phase permits" : "phase" } })),
      ...last.map((name) => ({ name: `${name} end`, attributes: { ...point, peripheries: 2 } })),
    ],
    edges: [
      { tail: "begin", head: phases[0] ?? "" },
      ...moves.map(({ from, to, events }) => ({ tail: from, head: to, attributes: { label: ` ${events.join("\\n ")}` } })),
      ...last.map((name) => ({ tail: name, head: `${name} end` })),
    ],
  };
}
