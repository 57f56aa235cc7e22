import { type Alias, type Document, visit, type YAMLError } from "yaml";

/** What is wrong with a text as YAML, in the words of somebody who writes it: those of the parser are for programmers. */
export function yamlProblem(text: string, { code, message, pos }: YAMLError): string {
  const here = text.slice(pos[0]).split("\n", 1)[0]?.trim() ?? "";
  switch (code) {
    case "MULTIPLE_DOCS":
      return "a second document begins here (---), and the spec is one document";
    case "TAB_AS_INDENT":
      return "a tab stands at the beginning of the line: indent with spaces";
    case "DUPLICATE_KEY":
      return `the key ${here.split(":", 1)[0]} stands twice in the same place`;
    case "BAD_INDENT":
      return message.startsWith("Flow") ? "a bracket that is opened above is not closed" : "the line is not indented as its neighbours are";
    case "MISSING_CHAR":
      return message.includes("quote") ? "a quote that is opened above is not closed" : "a key without a colon and a value stands here";
    case "BLOCK_AS_IMPLICIT_KEY":
      return "a second colon stands where a text is meant, which then needs quotes, or the next line is indented too far";
    case "MULTILINE_IMPLICIT_KEY":
      return "a text stands where a key with a colon is needed";
    case "BAD_SCALAR_START":
      return `a text that begins with ${here[0]} needs quotes`;
    case "BAD_DQ_ESCAPE":
      return "a backslash between double quotes stands for nothing: use single quotes, or write it twice";
    case "TAG_RESOLVE_FAILED":
      return `the tag ${here.split(" ", 1)[0]} is not known to every tool, or does not fit its value`;
    case "BAD_DIRECTIVE":
      return `the directive ${here} is not known to every tool`;
    default:
      return `${here === "" ? "something" : here.slice(0, 40)} does not belong here`;
  }
}

/** An alias that leads nowhere shows only when the document is read; else there are too many. */
export function aliasProblem(document: Document): { offset: number; message: string } {
  const lost: Alias[] = [];
  visit(document, { Alias: (_, alias) => void (alias.resolve(document) ?? lost.push(alias)) });
  const [first] = lost;
  if (first === undefined) return { offset: 0, message: "its aliases stand for more than anybody writes by hand" };
  const message = `the alias *${first.source} stands for nothing: no &${first.source} comes before it`;
  return { offset: first.range?.[0] ?? 0, message };
}
