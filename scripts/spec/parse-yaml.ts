import { type Document, LineCounter, parseDocument } from "yaml";

export type ParsedYaml = { readonly document: Document; readonly lineCounter: LineCounter };

/** A review reads the base and the revision a dozen times each, and reading takes longer than most of what is asked of them. */
const keptAtMost = 4;
const kept = new Map<string, ParsedYaml>();

/** A text as YAML; the same text is read once. Nobody may change the document: what `toJS` makes of it is the caller's own. */
export function parseYaml(text: string): ParsedYaml {
  const lineCounter = new LineCounter();
  const parsed = kept.get(text) ?? { document: parseDocument(text, { lineCounter }), lineCounter };
  kept.delete(text);
  kept.set(text, parsed);
  for (const oldest of [...kept.keys()].slice(0, -keptAtMost)) kept.delete(oldest);
  return parsed;
}
