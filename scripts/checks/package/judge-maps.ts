import { existsSync, readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { dirname, join, relative, resolve } from "node:path";

type Map = { readonly version: number; readonly sources: readonly string[]; readonly mappings: string; readonly names: readonly string[] };

/**
 * "Go to definition" in an editor follows the map of a declaration, and a debugger or a stack that of a script: each must have one, and each source
 * must be in the package. Maps that lead elsewhere leave people where they are, without a word.
 */
export function judgeMaps(folder: string, files: readonly string[]): string[] {
  return files.filter((file) => /\.(d\.ts|js)$/.test(file) && file.startsWith("dist/")).flatMap((file) => judgeMap(folder, file));
}

/** A script without code of its own. */
const onlyHandsOn = /^(import .*;\n|export \{.*\}.*;\n?)+$/;

function judgeMap(folder: string, file: string): string[] {
  const declaration = join(folder, file);
  const text = readFileSync(declaration, "utf8");
  if (file.endsWith(".js") && onlyHandsOn.test(text)) return [];
  const [, name] = /^\/\/# sourceMappingURL=(\S+)\s*$/m.exec(text) ?? [];
  if (name === undefined || !existsSync(join(dirname(declaration), name))) return [`${file} has no map in the package`];
  const { sources } = readMap(join(dirname(declaration), name));
  return sources
    .map((source) => resolve(dirname(declaration), source))
    .filter((source) => relative(folder, source).startsWith("..") || !existsSync(source))
    .map((source) => `${file} leads to ${relative(folder, source)}, which is not in the package`);
}

const readMap = (path: string) => JSON.parse(readFileSync(path, "utf8")) as Map;

/** What an editor opens for a name that a declaration declares: the source's path in the package, and the line there. */
export function followMap(folder: string, file: string, name: string): { readonly source: string; readonly line: string } | undefined {
  const declaration = join(folder, file);
  const lines = readFileSync(declaration, "utf8").split("\n");
  const line = lines.findIndex((text) => new RegExp(`\\b(function|const|class|type) ${name}\\b`).test(text));
  const column = lines[line]?.indexOf(name) ?? -1;
  if (column === -1) return undefined;
  const entry = new SourceMap(readMap(`${declaration}.map`) as ConstructorParameters<typeof SourceMap>[0]).findEntry(line, column);
  if (!("originalSource" in entry)) return undefined;
  const source = resolve(dirname(declaration), entry.originalSource);
  return {
    source: relative(folder, source).replaceAll("\\", "/"),
    line: readFileSync(source, "utf8").split("\n")[entry.originalLine] ?? "",
  };
}
