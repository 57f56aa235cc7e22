// The page of recipes against its files: each way in which they come apart is told.
import { expect, test } from "vitest";
import { judgeRecipes } from "../../scripts/checks/judge-recipes.ts";

const files = new Map([
  ["recipes/a.ts", "const a = 1;\n"],
  ["recipes/b.py", "b = 1\n"],
]);
const block = (language: string, code: string) => `\`\`\`${language}\n${code}\`\`\`\n`;
const good = `# Recipes\n\n${block("ts", "const a = 1;\n")}\nand\n\n${block("python", "b = 1\n")}\n${block("text", "anything\n")}`;

test("a page that holds each file as it is has no problem", () => {
  expect(judgeRecipes(good, files)).toEqual([]);
});

test("a block that differs from its file by one character is told, and so is the file", () => {
  expect(judgeRecipes(good.replace("const a = 1", "const a = 2"), files)).toEqual([
    'A block of docs/recipes.md is no file as it is: it begins with "const a = 2;".',
    "docs/recipes.md does not hold recipes/a.ts as it is.",
  ]);
});

test("a file that the page does not hold, or holds twice or in another language, is told", () => {
  expect(judgeRecipes("# Recipes\n", files)).toHaveLength(2);
  expect(judgeRecipes(good + block("ts", "const a = 1;\n"), files)).toEqual(["docs/recipes.md holds recipes/a.ts twice."]);
  expect(judgeRecipes(good.replace("```python", "```ts"), files)).toHaveLength(2);
});

test("a recipe that imports another is told", () => {
  const code = 'import { b } from "./b.ts";\n';
  expect(judgeRecipes(block("ts", code), new Map([["recipes/a.ts", code]]))).toEqual([
    "recipes/a.ts imports a file beside it: a recipe is copied alone.",
  ]);
});
