// A test in `whenAll` runs nowhere unless a campaign has its file.
import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { partly } from "../../scripts/checks/partly.ts";
import { root } from "../../scripts/tool/root.ts";

test("every file with a part that npm test leaves out is run by test:all, and no other is", () => {
  const found = globSync("test/*/*.test.ts", { cwd: root }).filter((file) => /^\s*whenAll\(/m.test(readFileSync(root + file, "utf8")));
  const listed = globSync([...partly.tests, ...partly.docs], { cwd: root });
  expect(listed.toSorted()).toEqual(found.toSorted());
});
