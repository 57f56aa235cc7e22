import { globSync, readFileSync } from "node:fs";
import { sha256 } from "../spec/document.ts";

/** All that the site is made from: a change of one of these files makes it stale. */
const patterns = ["openapi/recording-status.yaml", "docs/*.md", "{src,generated}/**/*.ts", "scripts/{docs,lint,spec,tool}/**/*"];
const files = ["README.md", "package.json", "package-lock.json", "tsconfig.json", "tsconfig.build.json"];

/** The checksum of everything that the site is made from, the same on every machine. */
export function inputsChecksum(root: string): string {
  const found = [...globSync(patterns, { cwd: root, withFileTypes: true })].filter((entry) => entry.isFile());
  const paths = found.map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll("\\", "/").slice(root.length));
  const all = [...new Set([...paths, ...files])].toSorted();
  return sha256(all.map((path) => `${path} ${sha256(readFileSync(root + path, "utf8").replaceAll("\r\n", "\n"))}\n`).join(""));
}
