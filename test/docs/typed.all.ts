// Bad input as it is typed; setup.ts types both commands as they should be. bad-input.test.ts has all that can be wrong, in its own process.
import { afterAll, expect, test } from "vitest";
import { makeTree } from "./tree.ts";

const tree = makeTree("typed");
afterAll(() => tree.remove());

test("npm run docs", async () => {
  tree.write("openapi/recording-status.yaml", "");
  const { code, stdout, stderr } = await tree.run("docs");
  expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: "", stderr: "openapi/recording-status.yaml:1:1 is empty.\n" });
});

test("npm run preview", async () => {
  const { code, stdout, stderr } = await tree.run("preview", ["--port=abc"]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^--port "abc" is no port: .*\n$/);
});
