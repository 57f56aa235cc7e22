import { readFileSync } from "node:fs";
import ts from "typescript";

/** What an editor shows of one name of the public API. */
export type Hover = {
  /** `teams-recording-status/azure azureCredential`, or with `.member` behind it. */
  readonly name: string;
  readonly text: string;
  /** Its tags, without their `@`, and what stands behind them. */
  readonly tags: readonly { readonly name: string; readonly text: string }[];
};

/** Every export of every entry, and the members of each type that is written in src/: what somebody reads who points at them. */
export function hoversOf(root: string): Hover[] {
  const program = programOf(root);
  const checker = program.getTypeChecker();
  const ownMembers = (type: ts.Type) => {
    const parts = type.isUnion() ? [type, ...type.types] : [type];
    const members = parts.flatMap((part) => checker.getPropertiesOfType(part));
    return [...new Set(members)].filter((member) =>
      member.declarations?.every((one) => one.getSourceFile().fileName.startsWith(`${root}src/`) && isNamed(one)),
    );
  };
  const hover = (name: string, symbol: ts.Symbol): Hover => ({
    name,
    text: ts.displayPartsToString(symbol.getDocumentationComment(checker)),
    tags: symbol.getJsDocTags(checker).map((tag) => ({ name: tag.name, text: ts.displayPartsToString(tag.text) })),
  });
  return entriesOf(root).flatMap(([entry, path]) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(root + path) as ts.Node);
    return checker.getExportsOfModule(module as ts.Symbol).flatMap((exported) => {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      const isType = symbol.flags & (ts.SymbolFlags.TypeAlias | ts.SymbolFlags.Interface | ts.SymbolFlags.Class);
      const members = isType ? ownMembers(checker.getDeclaredTypeOfSymbol(symbol)) : [];
      const name = `${entry} ${exported.name}`;
      return [hover(name, symbol), ...members.map((member) => hover(`${name}.${member.name}`, member))];
    });
  });
}

/** A name that somebody can point at: no well-known symbol. */
function isNamed(declaration: ts.Declaration): boolean {
  const name = ts.getNameOfDeclaration(declaration);
  return name !== undefined && !ts.isComputedPropertyName(name);
}

function programOf(root: string): ts.Program {
  const { config } = ts.readConfigFile(`${root}tsconfig.build.json`, ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  return ts.createProgram(fileNames, { ...options, noEmit: true });
}

/** Name and source of each entry that has types. */
function entriesOf(root: string): (readonly [name: string, path: string])[] {
  const { name, exports } = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as {
    name: string;
    exports: Record<string, string | { types: string }>;
  };
  return Object.entries(exports).flatMap(([path, target]) =>
    typeof target === "string" ? [] : [[name + path.slice(1), target.types.replace("./dist/", "").replace(/\.d\.ts$/, ".ts")] as const],
  );
}
