import ts from "typescript";
import type { Json } from "../spec/document.ts";
import { type Html, html } from "./html.ts";

const names: { readonly [kind: number]: string } = {
  [ts.TokenClass.Keyword]: "keyword",
  [ts.TokenClass.Comment]: "comment",
  [ts.TokenClass.NumberLiteral]: "number",
  [ts.TokenClass.StringLiteral]: "string",
};

/** TypeScript or JSON with its words in colour, by TypeScript's own classifier. */
export function code(text: string): Html {
  const classifier = ts.createClassifier();
  let state: ts.EndOfLineState = ts.EndOfLineState.None;
  const lines = text.trimEnd().split("\n");
  const shown = lines.map((line, row) => {
    const { entries, finalLexState } = classifier.getClassificationsForLine(line, state, true);
    state = finalLexState;
    let at = 0;
    const words = entries.map(({ length, classification }) => {
      const word = line.slice(at, at + length);
      at += length;
      const name = names[classification];
      return name === undefined ? html`${word}` : html`<span class="t-${name}">${word}</span>`;
    });
    return html`${words}${line.slice(at)}${row < lines.length - 1 && "\n"}`;
  });
  return html`<pre tabindex="0"><code>${shown}</code></pre>`;
}

/** A value of the spec as JSON. */
export function json(value: Json): Html {
  return code(JSON.stringify(value, undefined, 2));
}
