import { lint } from "../lint/lint.ts";
import { type JsonObject, readDocument, type Spec, specOf, specPath } from "../spec/document.ts";
import { readRevision, readWorkingTree } from "../spec/revision.ts";
import { BadInput } from "../tool/bad-input.ts";

export type SpecInput = { readonly text: string; readonly document: JsonObject; readonly spec: Spec };

/** Rules without which there is nothing to show: the document is none, or leads nowhere. Matters of style do not stop the docs. */
const needed = ["struct", "no-unresolved-refs"];

/** The spec, or one line that says what is wrong with it and where. */
export async function readSpec(root: string): Promise<SpecInput> {
  const text = readRevision(readWorkingTree(root));
  const document = readDocument(text);
  const problems = (await lint(root, text)).filter(({ rule }) => needed.includes(rule));
  const [first] = problems;
  if (first !== undefined) {
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more: npm run lint:spec)` : "";
    throw new BadInput(`${specPath}:${first.line}:${first.column} ${first.message}${more}`);
  }
  const spec = specOf(document);
  for (const [index, server] of spec.servers.entries())
    if (server["x-cloud"] === undefined)
      throw new BadInput(`${specPath}: servers › ${index} (${server.url}) has no x-cloud, which says what cloud it is.`);
  return { text, document, spec };
}
