import { type DeclarationReflection, type ProjectReflection, ReflectionKind, type SomeType } from "typedoc";
import { BadInput } from "../tool/bad-input.ts";
import type { Guide } from "./guides.ts";

export type ErrorRow = {
  readonly code: string;
  readonly className: string;
  /** What happened: the comment of the class, markdown. */
  readonly meaning: string;
  /** Whether the same request may succeed later: always, never, or as the answer says. */
  readonly retryable: "yes" | "no" | "depends";
  /** Markdown, from docs/errors.md. */
  readonly inEffect: string;
  readonly toDo: string;
  readonly reflection: DeclarationReflection;
};

const union = "AnyRecordingStatusError";

/** Columns of the table in docs/errors.md, by code. */
type Advice = ReadonlyMap<string, Pick<ErrorRow, "inEffect" | "toDo">>;

/** Every member of the union of errors, in its order. What no code can say, docs/errors.md must say. */
export function errorTable(project: ProjectReflection, guide: Guide): ErrorRow[] {
  const advice = readAdvice(guide);
  const rows = membersOf(project).map((member) => rowOf(member, advice));
  const lost = [...advice.keys()].find((code) => !rows.some((row) => row.code === code));
  if (lost !== undefined) throw new BadInput(`docs/errors.md: the table has a row for ${lost}, but ${union} has no such error.`);
  return rows;
}

function readAdvice({ sections }: Guide): Advice {
  const rows = sections.flatMap(({ text }) => [...text.matchAll(/^\| `([A-Z_]+)` \|([^|]*)\|([^|]*)\|([^|]*)\|$/gm)]);
  return new Map(rows.map(([, code = "", , inEffect = "", toDo = ""]) => [code, { inEffect: inEffect.trim(), toDo: toDo.trim() }]));
}

function membersOf(project: ProjectReflection): DeclarationReflection[] {
  const found = project.getReflectionsByKind(ReflectionKind.TypeAlias).find(({ name }) => name === union) as
    | DeclarationReflection
    | undefined;
  const { type } = found ?? {};
  const members: readonly SomeType[] = type?.type === "union" ? type.types : [];
  const classes = members.flatMap((member) => (member.type === "reference" && member.reflection !== undefined ? [member.reflection] : []));
  if (classes.length === 0 || classes.length < members.length)
    throw new BadInput(`src/model/any-error.ts: ${union} must be a union of classes that the package exports.`);
  return classes as DeclarationReflection[];
}

function rowOf(reflection: DeclarationReflection, advice: Advice): ErrorRow {
  const className = reflection.name;
  const code = literalOf(reflection, "code");
  if (typeof code !== "string") throw new BadInput(`src/: ${className} has no literal \`code\`.`);
  const words = advice.get(code);
  if (words === undefined) throw new BadInput(`docs/errors.md: the table has no row for ${code}, a code of ${union}.`);
  const meaning = (reflection.comment?.summary ?? []).map(({ text }) => text).join("");
  if (meaning === "") throw new BadInput(`src/: ${className} has no comment that says what happened.`);
  const retryable = literalOf(reflection, "retryable");
  return { code, className, meaning, retryable: retryable === undefined ? "depends" : retryable ? "yes" : "no", ...words, reflection };
}

/** The value that a property has by its type or its initializer, its own or a base's. */
function literalOf(reflection: DeclarationReflection, name: string): unknown {
  const property = reflection.children?.find((child) => child.name === name);
  if (property?.type?.type === "literal") return property.type.value;
  return property?.defaultValue === undefined || property.defaultValue === "..." ? undefined : JSON.parse(property.defaultValue);
}
