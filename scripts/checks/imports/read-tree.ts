import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Tree } from "./read-imports.ts";

/** The source files of a repository. Declarations are somebody's output: nobody wrote their imports. */
export function readTree(root: string): Tree {
  const files = globSync("{openapi,generated,src,scripts,examples,bench,test}/**/*.{ts,js}", { cwd: root, exclude: ["**/*.d.ts"] });
  return new Map(
    files
      .map((file) => file.replaceAll("\\", "/"))
      .sort()
      .map((file) => [file, readFileSync(join(root, file), "utf8")]),
  );
}
