import { expect, test } from "vitest";
import { createEnding } from "../../src/waiting/ending.ts";

test("a callback that throws keeps no other from being called", () => {
  const ending = createEnding();
  const called: string[] = [];
  ending.onCome(() => called.push("first"));
  ending.onCome(() => {
    throw new Error("Cannot perform I/O on behalf of a different request.");
  });
  ending.onCome(() => called.push("last"));
  ending.bringAbout();
  expect([called, ending.hasCome]).toEqual([["first", "last"], true]);
});
