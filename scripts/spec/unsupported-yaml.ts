import { type Document, isScalar, type Node, visit } from "yaml";
import { yamlProblem } from "./yaml-problem.ts";

export type Refusal = { readonly offset: number; readonly message: string };

/** What YAML allows, but a spec that several programs must read in the same way cannot have; the first of it in the text. */
export function unsupportedYaml(text: string, document: Document): Refusal | undefined {
  const found: Refusal[] = document.warnings.map((warning) => ({
    offset: warning.pos[0],
    message: `is not plain YAML: ${yamlProblem(text, warning)}.`,
  }));
  const characters: [RegExp, string][] = [
    [/\0/, "holds a NUL character."],
    [/\uFFFD/, "is not UTF-8: save it in that encoding."],
  ];
  for (const [character, message] of characters) {
    const offset = text.search(character);
    if (offset !== -1) found.push({ offset, message });
  }
  // As they come: an alias stands for the last one before it. To look for it anew at each alias would be a walk of its own.
  const anchors = new Map<string, Node>();
  visit(document, {
    Value(_, node) {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
    Alias(_, alias, ancestors) {
      const target = anchors.get(alias.source);
      if (target !== undefined && ancestors.includes(target))
        found.push({ offset: alias.range?.[0] ?? 0, message: `has an alias within what it stands for: *${alias.source}.` });
    },
    Pair(_, { key, value }) {
      const offset = rangeOf(key);
      const name = isScalar(key) ? key.value : undefined;
      if (!isScalar(key)) found.push({ offset, message: "has a key that is no plain name." });
      if (name === "<<") found.push({ offset, message: "has a merge key (<<), which not all tools read: write the fields out." });
      const address = isScalar(value) ? value.value : undefined;
      if (
        (name === "$ref" && typeof address === "string" && !address.startsWith("#")) ||
        (name === "externalValue" && address !== undefined)
      )
        found.push({
          offset: rangeOf(value),
          message: `${name} ${JSON.stringify(address)} leads out of this file: the spec is one file, write it under components.`,
        });
    },
  });
  return found.sort((a, b) => a.offset - b.offset)[0];
}

function rangeOf(node: unknown): number {
  return (node as { range?: [number, number, number] | null } | null)?.range?.[0] ?? 0;
}
