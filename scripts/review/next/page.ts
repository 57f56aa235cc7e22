import { type Names, proseOf } from "./names.ts";

/** A page of the documentation with what it has of the rows of clouds and refusals, the list of statuses and the properties of an update as the spec has them. */
export function pageFor(text: string, { clouds, refused, retryable, permissions, properties }: Names): string {
  const cloudRows = Object.entries(clouds).map(([name, { versions, tokenScope, authorityHost }]): Row => {
    const roots = Object.values(versions).map((root, index) => (index === 0 ? root : root.replace(/^.*\//, "…/")));
    return [
      name,
      row(code(name), Object.keys(versions).map(code).join(", "), roots.map(code).join(", "), code(tokenScope), code(authorityHost)),
    ];
  });
  const refusedRows = refused.map(({ name, version, reason }): Row => {
    const what = version === undefined ? code(name) : `${code(name)} ${version}`;
    return [what.replaceAll("`", ""), row(what, reason)];
  });
  const repeated = retryable.map((status) => `${status}, `).join("");
  const followed = withRows(withRows(text, "| `cloud` | `version` |", cloudRows), "| Refused |", refusedRows);
  return withPermissions(withProperties(followed, properties), permissions).replace(
    /(\*\*Repeated\*\*: )(?:\d{3}, )*/,
    (_, start: string) => start + repeated,
  );
}

/** Wherever a list of the permissions stands: `A` (least privileged) or `B`. */
function withPermissions(text: string, permissions: readonly string[]): string {
  const list = /(?:`Calls\.\w+\.All`(?: \([a-z ]+\))? or )+`Calls\.\w+\.All`/g;
  return text.replace(list, (before) => {
    const remark = / \([a-z ]+\)/.exec(before)?.[0] ?? "";
    return permissions.map((one, index) => code(one) + (index === 0 ? remark : "")).join(" or ");
  });
}

type Row = readonly [name: string, text: string];

function row(...cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function code(text: string): string {
  return `\`${text}\``;
}

/** A table with these rows; one that says what it must say stays as it is, with the remark in its first cell. */
function withRows(text: string, head: string, rows: readonly Row[]): string {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.startsWith(head)) + 2;
  if (start < 2) return text;
  let end = start;
  while (lines[end]?.startsWith("|")) end++;
  const known = new Map(lines.slice(start, end).map((line) => [nameOf(line), line]));
  const next = rows.map(([name, expected]) => {
    const before = known.get(name);
    if (before === undefined || withoutRemark(before) === expected.replaceAll("`", "")) return before ?? expected;
    const [, remark = ""] = /^\| [^|(]+?( \([^)|]*\)) \|/.exec(before) ?? [];
    return expected.replace(/^(\| [^|]+?) \|/, (_, cell: string) => `${cell}${remark} |`);
  });
  return [...lines.slice(0, start), ...next, ...lines.slice(end)].join("\n");
}

function nameOf(line: string): string {
  return withoutRemark(line).split(" | ")[0]?.replace(/^\| /, "") ?? "";
}

function withoutRemark(line: string): string {
  return line.replaceAll("`", "").replace(/^(\| [^|(]+?) \([^)|]*\) \|/, "$1 |");
}

/** A row for each property of an update; what those that are there say is written by hand. */
function withProperties(text: string, properties: Names["properties"]): string {
  const lines = text.split("\n");
  const nameIn = (line: string) => /^\| `update\.(\w+)` \|/.exec(line)?.[1];
  const known = new Set(lines.flatMap((line) => nameIn(line) ?? []));
  const last = lines.findLastIndex((line) => nameIn(line) !== undefined);
  const added = properties
    .filter(({ name }) => !known.has(name))
    .map(({ name, schema, required }) =>
      row(code(`update.${name}`), proseOf(schema).replaceAll("|", "\\|"), required ? "required" : "left out"),
    );
  const names = new Set(properties.map(({ name }) => name));
  return lines
    .flatMap((line, index) => (index === last ? [line, ...added] : [line]))
    .filter((line) => nameIn(line) === undefined || names.has(nameIn(line) ?? ""))
    .join("\n");
}
