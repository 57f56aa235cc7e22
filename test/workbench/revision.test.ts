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
  ["a tag that is none of YAML's", good.replace("title: T", "title: !mine T"), /^spec:2:16 is not plain YAML: Unresolved tag: !mine\.$/],
  ["a key that is no name", `${good}? [a, b]\n: 1\n`, /^spec:5:3 has a key that is no plain name\.$/],
  ["a merge key", `${good}x-a: &a { b: 1 }\nx-b: { <<: *a }\n`, /^spec:6:8 has a merge key \(<<\), which not all tools read/],
  ["an alias within itself", `${good}x-a: &a { b: *a }\n`, /^spec:5:14 has an alias within what it stands for: \*a\.$/],
  ["a $ref to another file", good.replace("'#/comp", "'other.yaml#/comp"), /^spec:4:15 \$ref "other.yaml#.*" leads out of this file/],
  ["a $ref to the network", good.replace("'#/comp", "'http://127.0.0.1/#/comp"), /^spec:4:15 \$ref "http:.*" leads out of this file/],
  ["an example elsewhere", `${good}x-a: { externalValue: a.json }\n`, /^spec:5:23 externalValue "a.json" leads out of this file/],
])("%s is refused, with its place", (_, text, message) => {
  expect(() => readRevision(text, "spec")).toThrow(message);
});
