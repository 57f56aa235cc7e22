import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** Whether what stands in a folder's `node_modules` is what its lock file asks for, as far as `markInstalled` knows. */
export function isInstalled(folder: string): boolean {
  const mark = markIn(folder);
  return existsSync(mark) && readFileSync(mark, "utf8") === lockOf(folder);
}

/** To be called after `npm ci`, which empties `node_modules` first: a run that was broken off leaves no mark. */
export function markInstalled(folder: string): void {
  writeFileSync(markIn(folder), lockOf(folder));
}

const markIn = (folder: string) => `${folder}node_modules/.installed-from`;
const lockOf = (folder: string) =>
  createHash("sha256")
    .update(readFileSync(`${folder}package-lock.json`))
    .digest("hex");
