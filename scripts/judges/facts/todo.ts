import { existsSync, readdirSync, readFileSync } from "node:fs";
import { docPages } from "../../tool/doc-pages.ts";

/** What `npm run review` writes where a person must name the source, or choose words: `npm test` is red as long as it is there. */
export const todo = { source: "TODO source", words: "TODO words" } as const;

const cures: Readonly<Record<string, string>> = {
  [todo.source]: "name the source in the place of TODO source: docs, CSDL, reports, RFC or choice, and where it is written there",
  [todo.words]: "write your own words in the place of TODO words",
};

/** Each place that is left for a person, with its file and line and what to do. */
export function openTodos(root: string): string[] {
  const facts = readdirSync(`${root}scripts/judges/facts`).filter((name) => name.startsWith("facts-"));
  const files = [
    ...facts.map((name) => `scripts/judges/facts/${name}`),
    ...["openapi/reviewed-differences.yaml", "CHANGELOG.md", "src/model/comms-codes.ts", "src/model/update.ts"],
    ...docPages(root),
  ];
  return files.filter((file) => existsSync(root + file)).flatMap((file) => todosIn(file, readFileSync(root + file, "utf8")));
}

function todosIn(file: string, text: string): string[] {
  return text.split("\n").flatMap((line, index) => {
    const found = Object.keys(cures).filter((marker) => line.includes(marker));
    return found.map((marker) => `${file}:${index + 1}: ${cures[marker]}.`);
  });
}
