import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";

const started: (() => unknown)[] = [];

/** Does it when the test is over, the last first. */
export function atEnd(close: () => unknown): void {
  started.push(close);
}

/** What `atEnd` was told is done at the end of each test of this file. */
export function withCleanup(): void {
  afterEach(async () => {
    for (const close of started.splice(0).reverse()) await close();
  });
}

/** A folder of the test's own. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "recipe-"));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
