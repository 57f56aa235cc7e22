import { LineCounter, parseDocument } from "yaml";
import type { Json, JsonObject } from "../spec/document.ts";
import { isObject } from "../spec/json.ts";
import { createPlaceFinder } from "../spec/places.ts";
import { BadInput } from "../tool/bad-input.ts";
import { readCsdlMetadata } from "./csdl-model.ts";
import type { Metadata } from "./model.ts";
import { readOpenApiMetadata, serversOf } from "./openapi-model.ts";

/** Reads what was published, whatever its name says: CSDL or OpenAPI. Everything else is refused in one line. `hosts`: where Graph is. */
export function readMetadata(bytes: Uint8Array, name: string, hosts: readonly string[]): Metadata {
  const text = decode(bytes, name).replaceAll(/\r\n?/g, "\n");
  if (text.trim() === "") throw new BadInput(`${name} is empty.`);
  const start = text.trimStart();
  if (!start.startsWith("<")) return readOpenApi(text, name, hosts);
  const afterProlog = start.replace(/^(<\?[\s\S]*?\?>|<!--[\s\S]*?-->|\s)+/, "");
  if (/^<(!doctype\s+html|(html|head|body)[\s>])/i.test(afterProlog)) {
    const title = /<title[^>]*>([\s\S]*?)<\/title>/i.exec(text)?.[1]?.replace(/\s+/g, " ").trim().slice(0, 80);
    throw new BadInput(
      `${name} is an HTML page, perhaps a sign-in page${title ? `: ${JSON.stringify(title)}` : ""}. Metadata is XML, YAML or JSON.`,
    );
  }
  return readCsdlMetadata(text, name);
}

/** UTF-8, or UTF-16 as a byte order mark or the first character tells. */
function decode(bytes: Uint8Array, name: string): string {
  const [first = -1, second = -1] = bytes;
  if (first === 0x1f && second === 0x8b) throw new BadInput(`${name} is compressed (gzip): unpack it first.`);
  const is = (a: number, b: number) => first === a && second === b;
  const encoding = is(0xff, 0xfe) || is(0x3c, 0) ? "utf-16le" : is(0xfe, 0xff) || is(0, 0x3c) ? "utf-16be" : "utf-8";
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!text.includes("\0")) return text;
  } catch {
    // Said below.
  }
  throw new BadInput(`${name} is no text in UTF-8 or UTF-16: it is binary, or damaged.`);
}

function readOpenApi(text: string, name: string, hosts: readonly string[]): Metadata {
  const document = text.trimStart().startsWith("{") ? parseJson(text, name) : parseYaml(text, name);
  if (!isObject(document)) throw new BadInput(`${name} is no metadata: neither CSDL (XML) nor OpenAPI (YAML or JSON).`);
  refuseOthers(document, name);
  let places: ReturnType<typeof createPlaceFinder> | undefined;
  const lineOf = (path: readonly (string | number)[]) => {
    places ??= createPlaceFinder(text);
    return places(path)[0];
  };
  const metadata = readOpenApiMetadata({ name, document, lineOf });
  if (metadata.action !== undefined) return metadata;
  if (document.components === undefined && text.includes("#/components/"))
    throw new BadInput(`${name} refers to #/components, but has none: it is perhaps cut off.`);
  const isGraphs = metadata.microsofts || serversOf(document).some(({ url }) => hosts.some((host) => `${url}`.includes(`//${host}`)));
  if (!isGraphs) throw new BadInput(`${name} is an OpenAPI document of another service: ${titleOf(document)}.`);
  return metadata;
}

function parseJson(text: string, name: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new BadInput(`${name} is no valid JSON, perhaps cut off: ${oneLine(error)}`);
  }
}

function parseYaml(text: string, name: string): Json {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const [problem] = document.errors;
  if (problem !== undefined)
    throw new BadInput(`${name}:${lineCounter.linePos(problem.pos[0]).line} is neither XML nor valid YAML: ${oneLine(problem)}`);
  try {
    return document.toJS({ maxAliasCount: 1000 }) as Json;
  } catch (error) {
    throw new BadInput(`${name} is no valid YAML: ${oneLine(error)}`);
  }
}

function oneLine(error: unknown): string {
  return (error instanceof Error ? error.message : `${error}`).replace(/\s+/g, " ").slice(0, 200);
}

function refuseOthers(document: JsonObject, name: string): void {
  const { openapi, swagger, $Version, error } = document;
  if (swagger !== undefined) throw new BadInput(`${name} is OpenAPI ${swagger} (Swagger): only 3.0 to 3.2 is read. Convert it first.`);
  if ($Version !== undefined) throw new BadInput(`${name} is CSDL in JSON: only CSDL in XML is read.`);
  if (openapi === undefined && isObject(error)) throw new BadInput(`${name} is an error answer, not metadata: ${error.code ?? "no code"}.`);
  if (openapi === undefined) throw new BadInput(`${name} is no metadata: it has no "openapi", and is no CSDL.`);
  if (!/^3\.[012](\.|$)/.test(`${openapi}`)) throw new BadInput(`${name} is OpenAPI ${openapi}: only 3.0 to 3.2 is read.`);
  if (!isObject(document.paths)) throw new BadInput(`${name} is an OpenAPI document without paths: it is perhaps cut off.`);
}

function titleOf({ info }: JsonObject): string {
  return JSON.stringify(isObject(info) && info.title !== undefined ? info.title : "without a title");
}
