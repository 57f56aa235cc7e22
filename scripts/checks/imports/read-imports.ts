import ts from "typescript";

/** One import of a file. */
export type Import = {
  /** As it is written. */
  readonly name: string;
  /** For a relative one the path from the root, without what a query adds; for another the package or the module of Node. */
  readonly target: string;
  readonly relative: boolean;
  readonly line: number;
  /** `import type`, `export type`: nothing of it is there at run time. */
  readonly typeOnly: boolean;
};

/** The text of each source file, by its path from the root. */
export type Tree = ReadonlyMap<string, string>;

/** What each file of a tree imports. */
export type Imports = ReadonlyMap<string, readonly Import[]>;

export function importsOfTree(tree: Tree): Imports {
  return new Map([...tree].map(([file, text]) => [file, importsOf(file, text)]));
}

/** `import type`, `export from`, `import()`, `require()` and types written as `import("…")` included. */
export function importsOf(file: string, text: string): Import[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName, pos }) => {
    const before = text.slice(0, pos);
    const relative = fileName.startsWith(".");
    return {
      name: fileName,
      target: relative ? joined(file, fileName) : packageOf(fileName),
      relative,
      line: before.split("\n").length,
      typeOnly: /(?:^|\n)\s*(?:import|export)\s+type\b[^;"']*$/.test(before),
    };
  });
}

function joined(file: string, name: string): string {
  const parts = file.split("/").slice(0, -1);
  for (const part of name.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}

/** `ajv/dist/2020.js` belongs to `ajv`, `@azure/identity/x` to `@azure/identity`; a module of Node stays as it is. */
function packageOf(name: string): string {
  if (name.startsWith("node:")) return name;
  return name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");
}
