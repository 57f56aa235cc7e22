// README.md, docs/ and CHANGELOG.md say in words what stands elsewhere. Each function compares one list; what it returns names the file, the line and
// the words to write, and is empty when all is well.

/** A table of a document, found by the beginning of its head, with the rows that it must hold, by their first cell. */
export type Table = {
  readonly file: string;
  readonly text: string;
  readonly head: string;
  /** The rows as they must be, by name: the first cell, without backticks and without a remark in brackets. */
  readonly rows: ReadonlyMap<string, string>;
  /** Where the rows come from. */
  readonly source: string;
};

/** Rows that are missing, differ, or belong to nothing. */
export function strayRows({ file, text, head, rows, source }: Table): string[] {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.startsWith(head));
  if (start < 0) return [`${file}: put back the table that begins with "${head}": it lists what ${source} says.`];
  const found = new Map<string, number>();
  let end = start + 2;
  for (; lines[end]?.startsWith("|"); end++) found.set(nameOf(lines[end]), end);
  const wrong = [...found].flatMap(([name, index]) => {
    const expected = rows.get(name);
    if (expected === undefined) return [`${file}:${index + 1}: take out the row of ${name}: ${source} has no such thing.`];
    return plain(lines[index]) === plain(expected) ? [] : [`${file}:${index + 1}: write this row, as ${source} says: ${expected}`];
  });
  const missing = [...rows].flatMap(([name, row]) =>
    found.has(name) ? [] : [`${file}:${end}: add this row below, as ${source} says: ${row}`],
  );
  return [...missing, ...wrong];
}

/** `| a | b |` */
export function row(...cells: readonly (string | number)[]): string {
  return `| ${cells.join(" | ")} |`;
}

function nameOf(line = ""): string {
  return plain(line).split(" | ")[0]?.replace(/^\| /, "") ?? "";
}

/** Without backticks, and without a remark that may follow in the first cell, such as "(DoD)". */
function plain(line = ""): string {
  return line.replaceAll("`", "").replace(/^(\| [^|(]+?) \([^)|]*\) \|/, "$1 |");
}

/** The list of the statuses that are repeated, in the sentence that begins with "**Repeated**: ". */
export function strayList(file: string, text: string, statuses: readonly number[], source: string): string[] {
  const lines = text.split("\n");
  const index = lines.findIndex((line) => line.includes("**Repeated**: "));
  const listed = /\*\*Repeated\*\*: ((?:\d{3}, )*)/.exec(lines[index] ?? "")?.[1];
  const expected = statuses.map((status) => `${status}, `).join("");
  return listed === expected ? [] : [`${file}:${index + 1}: write "**Repeated**: ${expected}failed connections …", as ${source} says.`];
}

/** Names that no line of the changelog has. */
export function unmentioned(file: string, text: string, names: ReadonlyMap<string, string>): string[] {
  const lines = text.split("\n");
  const added = lines.findIndex((line, index) => line.startsWith("### Added") && index > lines.findIndex((one) => one.startsWith("## [")));
  return [...names].flatMap(([name, about]) => {
    const word = new RegExp(`(?<![\\w.])${name.replaceAll(".", "\\.")}(?![\\w.]*\\w)`);
    return word.test(text) ? [] : [`${file}:${added + 1}: add a line about ${name} below, such as "- ${about}"`];
  });
}
