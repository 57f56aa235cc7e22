// What `npm run test:runtimes` prints, and how it ends. The runtimes themselves are no part of `npm test`.
import { expect, test } from "vitest";
import { type Row, renderTable, summarize } from "../../scripts/checks/runtimes/table.ts";

const good: Row = { name: "Node 22", results: [{ name: "the fake", said: "" }], ms: 1234 };
const bad: Row = {
  name: "Bun 1.4.5",
  results: [
    { name: "the fake", said: "" },
    { name: "an error", said: "403 instead of 404\nat x" },
  ],
  ms: 50,
};
const silent: Row = { name: "Deno", results: [], ms: 1 };
const missing: Row = { name: "workerd", missing: "cannot be installed: 404" };

test("each runtime has a line, and what failed says why", () => {
  expect(renderTable([good, bad, missing]).split("\n")).toEqual([
    "Node 22    ok  1 of 1 tests, 1.2 s",
    "Bun 1.4.5  FAILED  1 of 2 tests, 0.1 s",
    "  an error: 403 instead of 404",
    "    at x",
    "workerd    SKIPPED: cannot be installed: 404",
  ]);
});

test("what was skipped is no failure, and the last line names it", () => {
  expect(summarize([good, missing])).toEqual({ line: "1 runtimes passed, 0 failed, Notice: 1 skipped (workerd).", code: 0 });
});

test("what failed is one, and so is a runtime that ran no test", () => {
  expect(summarize([good, bad, silent])).toEqual({ line: "1 runtimes passed, 2 failed (Bun 1.4.5, Deno).", code: 1 });
});
