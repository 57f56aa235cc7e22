// What a text must be before anything of it is judged.
import { expect, test } from "vitest";
import { readRevision } from "../../scripts/spec/revision.ts";

const good = `openapi: 3.1.0
info: { title: T, version: 1.0.0 }
paths:
  /a: { $ref: '#/components/pathItems/A' }
`;

test("a plain text is returned as it is", () => {
  expect(readRevision(good, "spec")).toBe(good);
});

test.each([
  ["a NUL character", good.replace("title: T", "title: T\0"), /^spec:2:17 holds a NUL character\.$/],
  [
    "another encoding",
    Buffer.from(good, "utf16le").toString("utf8").replace("o", "\uFFFD"),
    /^spec:1:1 is not UTF-8: save it in that encoding\.$/,
  ],
  [
    "a tag that is none of YAML's",
    good.replace("title: T", "title: !mine T"),
    /^spec:2:16 is not plain YAML: the tag !mine is not known to every tool, or does not fit its value\.$/,
  ],
  ["a key that is no name", `${good}? [a, b]\n: 1\n`, /^spec:5:3 has a key that is no plain name\.$/],
  ["a merge key", `${good}x-a: &a { b: 1 }\nx-b: { <<: *a }\n`, /^spec:6:8 has a merge key \(<<\), which not all tools read/],
  ["an alias within itself", `${good}x-a: &a { b: *a }\n`, /^spec:5:14 has an alias within what it stands for: \*a\.$/],
  ["a $ref to another file", good.replace("'#/comp", "'other.yaml#/comp"), /^spec:4:15 \$ref "other.yaml#.*" leads out of this file/],
  ["a $ref to the network", good.replace("'#/comp", "'http://127.0.0.1/#/comp"), /^spec:4:15 \$ref "http:.*" leads out of this file/],
  ["an example elsewhere", `${good}x-a: { externalValue: a.json }\n`, /^spec:5:23 externalValue "a.json" leads out of this file/],
  ["nothing", " \n", /^spec:1:1 is empty\.$/],
  [
    "a second document",
    `${good}---\n${good}`,
    /^spec:5:1 is not valid YAML: a second document begins here \(---\), and the spec is one document\.$/,
  ],
  ["a tab", good.replace("  /a", "\t/a"), /^spec:4:1 is not valid YAML: a tab stands at the beginning of the line: indent with spaces\.$/],
  ["a key that stands twice", `${good}info: {}\n`, /^spec:5:1 is not valid YAML: the key info stands twice in the same place\.$/],
  ["an alias to nowhere", `${good}x-a: *b\n`, /^spec:5:6 is not valid YAML: the alias \*b stands for nothing: no &b comes before it\.$/],
  ["an open bracket", good.replace("1.0.0 }", "1.0.0"), /^spec:3:1 is not valid YAML: a bracket that is opened above is not closed\.$/],
  ["an open quote", `${good}x-a: 'b\n`, /^spec:6:1 is not valid YAML: a quote that is opened above is not closed\.$/],
  ["a line too far out", `${good}x-a:\n  - b\n c: 1\n`, /^spec:7:1 is not valid YAML: the line is not indented as its neighbours are\.$/],
  [
    "a line too far in",
    `${good}x-a: 1\n b: 2\n`,
    /^spec:5:6 is not valid YAML: a second colon stands where a text is meant, which then needs quotes/,
  ],
  ["a text that needs quotes", `${good}x-a: @b\n`, /^spec:5:6 is not valid YAML: a text that begins with @ needs quotes\.$/],
  ["a line without a colon", `${good}x-a\n`, /^spec:5:1 is not valid YAML: a key without a colon and a value stands here\.$/],
  [
    "a backslash that stands for nothing",
    `${good}x-a: "\\q"\n`,
    /^spec:5:7 is not valid YAML: a backslash between double quotes stands for nothing/,
  ],
])("%s is refused, with its place", (_, text, message) => {
  expect(() => readRevision(text, "spec")).toThrow(message);
});
