// What is no metadata: one clear line, whatever the file's name says.
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readMetadata } from "../../scripts/drift/read-metadata.ts";
import { isBadInput } from "../../scripts/tool/bad-input.ts";
import { csdl, csdlWithoutAction, edit, judgeTexts, openapi } from "./drift-fixtures.ts";

const read = (content: string | Uint8Array) =>
  readMetadata(typeof content === "string" ? Buffer.from(content) : content, "metadata", ["graph.microsoft.com"]);
const csdlLines = csdl.trimEnd().split("\n").length;
const petstore =
  "openapi: 3.0.0\ninfo: { title: Petstore, version: '1' }\nservers: [{ url: https://petstore.example/v1 }]\npaths: { /pets: { get: { responses: {} } } }\n";

const refusals: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
  ["nothing", "", /^metadata is empty\.$/],
  ["blank lines", "\n \n", /^metadata is empty\.$/],
  [
    "a sign-in page",
    "<!DOCTYPE html>\n<html><head><title>Sign in to\n your account</title></head></html>",
    /HTML page, perhaps a sign-in page: "Sign in to your account"/,
  ],
  ["HTML after a comment", "<!-- x -->\n<html><body>Hello</body></html>", /is an HTML page, perhaps a sign-in page\./],
  ["CSDL cut off within a tag", csdl.slice(0, 900), /^metadata:\d+ is no well-formed XML, perhaps cut off/],
  [
    "CSDL cut off between tags",
    csdl.slice(0, csdl.indexOf("<ComplexType")),
    /perhaps cut off: it ends inside of edmx:Edmx › edmx:DataServices › Schema/,
  ],
  [
    "CSDL cut off before its last tag",
    csdl.slice(0, csdl.lastIndexOf("</")),
    /^metadata:2 is no well-formed XML, perhaps cut off: Unclosed tag 'edmx:Edmx'/,
  ],
  [
    "CSDL with text after its end",
    `${csdl}\nConnection reset`,
    new RegExp(`^metadata:${csdlLines + 2} is no well-formed XML, perhaps cut off: Extra text`),
  ],
  ["CSDL twice", csdl + csdl.slice(csdl.indexOf("<edmx:Edmx")), new RegExp(`^metadata:${csdlLines + 1} is no well-formed XML.*root`)],
  ["text after an empty root", "<Edmx Version='4.0'/>rest", /text follows the root/],
  ["a root after an empty root", "<Edmx Version='4.0'/><Edmx/>", /a second root, <Edmx>/],
  ["a comment without end", `${csdl}<!-- `, /no well-formed XML/],
  ["tags that cross", edit(csdl, "</EntityContainer>", "</Container>"), /^metadata:\d+ is no well-formed XML/],
  ["entities", edit(csdl, "<edmx:Edmx", '<!DOCTYPE x [<!ENTITY a "b">]><edmx:Edmx'), /document type declaration/],
  ["other XML", "<rss version='2.0'></rss>", /is XML, but no metadata: its root is <rss>/],
  ["OData 3", edit(csdl, 'Version="4.0"', 'Version="1.0"'), /metadata of OData 1\.0: only version 4/],
  [
    "metadata of another service",
    csdl.replaceAll("microsoft.graph", "NorthwindModel"),
    /metadata of another service: it has no schema microsoft\.graph, but NorthwindModel/,
  ],
  [
    "metadata without a schema",
    "<Edmx Version='4.0'><DataServices/></Edmx>",
    /another service: it has no schema microsoft\.graph, but none/,
  ],
  [
    "a type that is declared twice",
    edit(csdl, '<EntityType Name="participant"', '<ComplexType Name="resultInfo" /><EntityType Name="participant"'),
    /^metadata:\d+ declares microsoft\.graph\.resultInfo a second time, after line \d+/,
  ],
  ["a picture", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0xff), /no text in UTF-8 or UTF-16/],
  ["zeros", new Uint8Array(64), /no text/],
  ["a packed file", gzipSync(csdl), /compressed \(gzip\)/],
  ["plain text", "Service unavailable", /neither CSDL \(XML\) nor OpenAPI/],
  ["YAML of something else", "a: 1\nb: 2\n", /it has no "openapi"/],
  ["broken YAML", "openapi: 3.0.0\npaths: [", /^metadata:\d+ is neither XML nor valid YAML/],
  ["broken JSON", '{"openapi": "3.0.0", "paths": {', /no valid JSON, perhaps cut off/],
  [
    "an error answer",
    '{"error": {"code": "InvalidAuthenticationToken", "message": "…"}}',
    /is an error answer, not metadata: InvalidAuthenticationToken/,
  ],
  ["Swagger", 'swagger: "2.0"\npaths: {}\n', /OpenAPI 2\.0 \(Swagger\)/],
  ["an OpenAPI of the future", edit(openapi, "3.0.1", "4.0.0"), /OpenAPI 4\.0\.0: only 3\.0 to 3\.2/],
  ["CSDL in JSON", '{"$Version": "4.01"}', /CSDL in JSON/],
  ["OpenAPI without paths", "openapi: 3.0.0\ninfo: { title: x, version: '1' }\n", /without paths/],
  ["OpenAPI of another service", petstore, /OpenAPI document of another service: "Petstore"/],
  [
    "OpenAPI cut off before the action",
    openapi.slice(0, openapi.indexOf("  '/communications/calls/{call-id}/microsoft")),
    /refers to #\/components, but has none: it is perhaps cut off/,
  ],
];

describe("refused in one line", () => {
  test.each(refusals)("%s", (_what, content, expected) => {
    const error = caught(() => read(content));
    expect(isBadInput(error)).toBe(true);
    expect((error as Error).message).toMatch(expected);
    expect((error as Error).message).not.toContain("\n");
  });

  test.each([
    [
      "that leads nowhere",
      "schemas/microsoft.graph.recordingStatus'",
      "schemas/gone'",
      /^metadata:44 has the \$ref "#\/components\/schemas\/gone", which leads nowhere/,
    ],
    [
      "to another file",
      "$ref: '#/components/schemas/microsoft.graph.operationStatus'",
      "$ref: other.yaml#/status",
      /leads to another file: bundle/,
    ],
    [
      "in a circle",
      "    microsoft.graph.operationStatus:\n      title: operationStatus\n",
      "    microsoft.graph.operationStatus:\n      $ref: '#/components/schemas/microsoft.graph.operationStatus'\n",
      /leads in a circle/,
    ],
  ])("a $ref %s", (_what, from, to, expected) => {
    const error = caught(() => judgeTexts(edit(openapi, from, to)));
    expect(isBadInput(error)).toBe(true);
    expect((error as Error).message).toMatch(expected);
  });
});

describe("read all the same", () => {
  test.each([
    ["a byte order mark", `\uFEFF${csdl}`],
    ["UTF-16, little end first", Buffer.from(`\uFEFF${csdl}`, "utf16le")],
    ["UTF-16, big end first", Buffer.from(`\uFEFF${csdl}`, "utf16le").swap16()],
    ["line ends of Windows", csdl.replaceAll("\n", "\r\n")],
    ["one line", csdl.replaceAll("\n", " ")],
    ["no XML declaration", csdl.slice(csdl.indexOf("<edmx"))],
    ["a comment that speaks of <!DOCTYPE", edit(csdl, "<edmx:Edmx", "<!-- <!DOCTYPE html> --><edmx:Edmx")],
  ])("CSDL with %s", (_what, content) => {
    expect(read(content)).toMatchObject({ format: "csdl", action: expect.any(Function) });
  });

  test("OpenAPI as JSON, with a line for each difference", () => {
    const json = JSON.stringify(
      { openapi: "3.0.1", paths: { "/communications/calls/{id}/updateRecordingStatus": { post: { responses: {} } } } },
      undefined,
      2,
    );
    const [found] = judgeTexts(json).open.filter(({ text }) => text.startsWith("updateRecordingStatus returns nothing"));
    expect(json.split("\n")[(found?.metadata?.() ?? 0) - 1]).toContain('"post"');
  });

  test("a document of Graph without the action: it is absent", () => {
    expect(read(csdlWithoutAction).action).toBeUndefined();
    expect(read(petstore.replace("petstore.example", "graph.microsoft.com")).action).toBeUndefined();
  });
});

function caught(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
