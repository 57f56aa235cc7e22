import { expect, test } from "vitest";
import { checkRuntime } from "../../src/util/check-runtime.ts";

test("a runtime that has what is needed passes, whatever its version", () => {
  expect(() => checkRuntime({ Promise: { withResolvers() {} }, process: { versions: { node: "20.20.2" } } })).not.toThrow();
});

test.each([
  [{ Promise: {}, process: { versions: { node: "20.20.2" } } }, "this is Node 20.20.2."],
  [{ Promise: {} }, "this runtime has none."],
])("%j: one line that says what is needed, and what there is", (globals, found) => {
  const needed = "teams-recording-status needs Node 22 or newer, or another runtime with Promise.withResolvers: ";
  expect(() => checkRuntime(globals)).toThrow(needed + found);
});
