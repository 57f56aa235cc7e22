import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Tree } from "./read-imports.ts";

/** The source files of a repository, without those of packages. Declarations are somebody's output: nobody wrote their imports. */
export function readTree(root: string): Tree {
  const files = globSync("{openapi,generated,src,scripts,examples,bench,test}/**/*.{ts,js}", {
    cwd: root,
    exclude: ["**/*.d.ts", "**/node_modules/**"],
  });
  return new Map(
    files
      .map((file) => file.replaceAll("\\", "/"))
      .sort()
      .map((file) => [file, readFileSync(join(root, file), "utf8")]),
  );
}
