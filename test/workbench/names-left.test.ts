// Which names of the spec a review says are gone: only those that stand for nothing any more, and only where the list helps.
import { expect, test } from "vitest";
import { namesLeft } from "../../scripts/review/next/names-left.ts";
import { readDocument, readSpecText } from "../../scripts/spec/document.ts";
import { root } from "../../scripts/tool/root.ts";

const spec = readSpecText();

test("a name that stands for something else too is not gone, and one that is too common is not listed", () => {
  const left = (from: RegExp, to: string) => {
    expect(spec).toMatch(from);
    return namesLeft(root, readDocument(spec), readDocument(spec.replaceAll(from, to)));
  };
  // Headers have the first name, and a path has the other one.
  expect(left(/^ {8}request-id:(?=\n {10}description)/gm, "        requestId:")).toEqual([]);
  expect(left(/(?<=\n {4}Entity:\n[\s\S]+?)\bid(?=:|\])/g, "key").filter((line) => line.includes("no `id`"))).toEqual([]);
  expect(left(/(?<=\n {4}CommsNotifications:[\s\S]+?)\bvalue(?=:\n|\])/g, "notifications").join()).toMatch(
    /^the spec has no `value` any more: \d+ files of tests and examples have this word, too common to be listed; `npm test` says which of them mean it$/,
  );
});
