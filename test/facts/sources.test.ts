// What `npm run review -- --fix` cannot know stands as TODO: it keeps this red until a person has named it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openTodos } from "../../scripts/judges/facts/todo.ts";
import { root } from "../../scripts/tool/root.ts";

test("every source and every reason is named", () => {
  const open = openTodos(root);
  if (open.length > 0) throw new Error(open.join("\n"));
});

test("one that is not is told with its file and line, and what to write", () => {
  const folder = mkdtempSync(join(tmpdir(), "sources-"));
  try {
    mkdirSync(join(folder, "scripts/judges/facts"), { recursive: true });
    mkdirSync(join(folder, "openapi"));
    writeFileSync(join(folder, "scripts/judges/facts/facts-a.ts"), '\n"a": fact(1, "TODO source"),\n');
    writeFileSync(join(folder, "openapi/reviewed-differences.yaml"), "- difference: a\n  reason: TODO words\n  source: docs\n");
    expect(openTodos(`${folder}/`)).toEqual([
      "scripts/judges/facts/facts-a.ts:2: name the source in the place of TODO source: docs, CSDL, reports, RFC or choice, and where it is written there.",
      "openapi/reviewed-differences.yaml:2: write your own words in the place of TODO words.",
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
