import { XMLParser, XMLValidator } from "fast-xml-parser";
import { BadInput } from "../tool/bad-input.ts";

/** An XML element, without text: metadata says everything in attributes. Names come without their prefix. */
export type Element = {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly line: number;
};

/** As the parser gives it: the tag is a key, `:@` holds the attributes, and a symbol holds the place. */
type Raw = { readonly [tag: string]: unknown };

const place = XMLParser.getMetaDataSymbol() as unknown as string;
const parser = new XMLParser({
  preserveOrder: true,
  captureMetaData: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseAttributeValue: false,
  htmlEntities: true,
});

/** The root of an XML text; one clear refusal where the text is not well-formed, such as one that was cut off. `source` names it. */
export function parseXml(text: string, source: string): Element {
  if (/<!DOCTYPE/i.test(text.replace(/<!--[\s\S]*?-->/g, "")))
    throw new BadInput(`${source} has a document type declaration (<!DOCTYPE): metadata has none, so it is not read.`);
  const verdict = XMLValidator.validate(text);
  if (verdict !== true)
    throw notWellFormed(
      source,
      verdict.err.msg.startsWith(unclosed) ? text.trimEnd().split("\n").length : verdict.err.line,
      verdict.err.msg,
    );
  const raw = parse(text, source);
  const lineAt = lineFinder(text);
  const roots = elementsOf(raw, lineAt);
  const [root, second] = roots;
  if (root === undefined) throw notWellFormed(source, 1, "there is no element");
  if (second !== undefined) throw notWellFormed(source, second.line, `a second root, <${second.tag}>, follows the first`);
  // The parser leaves out what follows the root.
  if (!text.trimEnd().endsWith(">")) throw notWellFormed(source, lineAt(text.length), "text follows the root");
  return root;
}

/** The validator lets a comment through that never ends; the parser does not. */
function parse(text: string, source: string): Raw[] {
  try {
    return parser.parse(text) as Raw[];
  } catch (error) {
    throw notWellFormed(source, undefined, error instanceof Error ? error.message : `${error}`);
  }
}

/** How the validator begins its list of the tags that are still open at the end. */
const unclosed = "Invalid '[";

function notWellFormed(source: string, line: number | undefined, message: string): BadInput {
  const open = message.startsWith(unclosed) ? /\[(.*)\]/s.exec(message)?.[1] : undefined;
  const why = open === undefined ? message : `it ends inside of ${open.replace(/["\s]/g, "").split(",").join(" › ")}`;
  const where = line === undefined ? source : `${source}:${line}`;
  return new BadInput(`${where} is no well-formed XML, perhaps cut off: ${why.replace(/\s+/g, " ").slice(0, 200)}`);
}

function elementsOf(nodes: readonly Raw[], lineAt: (offset: number) => number): Element[] {
  return nodes.flatMap((node) => {
    const tag = Object.keys(node).find((key) => key !== ":@");
    if (tag === undefined || tag.startsWith("#") || tag.startsWith("?")) return [];
    const { startIndex = 0 } = (node[place] ?? {}) as { startIndex?: number };
    // Before its children: the search for lines only goes forward.
    const line = lineAt(startIndex);
    const attributes = (node[":@"] ?? {}) as Record<string, string>;
    return [{ tag: local(tag), attributes, children: elementsOf(node[tag] as Raw[], lineAt), line }];
  });
}

function local(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

/** The line of an offset. Elements come in the order of the text, so the search goes on from the last one. */
function lineFinder(text: string): (offset: number) => number {
  let line = 1;
  let next = text.indexOf("\n");
  return (offset) => {
    while (next !== -1 && next < offset) {
      line++;
      next = text.indexOf("\n", next + 1);
    }
    return line;
  };
}
