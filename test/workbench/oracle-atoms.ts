// What may be sent and answered, apart from what bodies and headers hold: read from the document by the rules of OpenAPI alone.
import type { Json, JsonObject } from "../../scripts/spec/document.ts";

export type Direction = "sent" | "received";
/** `sent POST https://…/x/{} with the token A`: what a document allows, each with who writes it. */
export type Atoms = ReadonlyMap<string, Direction>;
/** Where a value stands: its name says the same in two documents, the pointer leads to its schema in one; without a schema anything fits. */
export type Position = { readonly direction: Direction; readonly pointer: string | undefined };

const methods = ["get", "put", "post", "delete", "patch"];
const statuses = [
  "200",
  "202",
  "204",
  "299",
  "400",
  "401",
  "403",
  "404",
  "409",
  "415",
  "418",
  "429",
  "499",
  "500",
  "502",
  "503",
  "504",
  "599",
];

type Found = { readonly node: JsonObject; readonly pointer: string };

export function readMessages(document: JsonObject): { atoms: Atoms; positions: ReadonlyMap<string, Position> } {
  const atoms = new Map<string, Direction>();
  const positions = new Map<string, Position>();
  for (const [room, asked] of [
    ["paths", "sent"],
    ["webhooks", "received"],
  ] as const) {
    for (const [path, item] of entries(document[room])) {
      for (const method of methods) {
        if (!isObject(item.node[method])) continue;
        const operation: Found = { node: item.node[method], pointer: `${item.pointer}/${method}` };
        // The name of a webhook is a name in the document alone.
        const name = `${method} ${room === "webhooks" ? room : path.replaceAll(/\{[^}]*\}/g, "{}")}`;
        for (const address of addresses(document, item.node, operation.node)) atoms.set(`${name} at ${address}`, asked);
        for (const token of tokens(document, operation.node)) atoms.set(`${name} with ${token}`, asked);
        readParameters(name, path, [item, operation], asked);
        readBody(`${name} body`, operation, asked);
        readAnswers(name, operation, asked === "sent" ? "received" : "sent");
      }
    }
  }
  return { atoms, positions };

  function entries(map: Json | undefined, pointer = ""): [string, Found][] {
    const room = Object.keys(document).find((key) => document[key] === map);
    const at = pointer === "" ? `#/${room}` : pointer;
    return Object.entries(isObject(map) ? map : {}).map(([name, node]) => [
      name,
      follow({ node: node as JsonObject, pointer: `${at}/${escaped(name)}` }),
    ]);
  }

  function follow(found: Found): Found {
    const { $ref } = found.node;
    if (typeof $ref !== "string") return found;
    const node = $ref
      .slice(2)
      .split("/")
      .reduce<Json | undefined>((at, key) => (at as JsonObject | undefined)?.[unescaped(key)], document);
    return isObject(node) ? follow({ node, pointer: $ref }) : found;
  }

  function readParameters(name: string, path: string, holders: readonly Found[], direction: Direction): void {
    const known = new Map<string, Found>();
    for (const { node, pointer } of holders)
      for (const [index, one] of (Array.isArray(node.parameters) ? node.parameters : []).entries()) {
        const found = follow({ node: one as JsonObject, pointer: `${pointer}/parameters/${index}` });
        const place = [...path.matchAll(/\{([^}]*)\}/g)].findIndex(([, inner]) => inner === found.node.name);
        known.set(found.node.in === "path" ? `path ${place}` : `${found.node.in} ${found.node.name}`, found);
      }
    for (const [parameter, found] of known) {
      atoms.set(`${name} with ${parameter}`, direction);
      readInput(`${name} ${parameter}`, found, direction);
    }
    for (const other of ["header client-request-id", "query more"]) if (!known.has(other)) atoms.set(`${name} without ${other}`, direction);
  }

  function readInput(name: string, { node, pointer }: Found, direction: Direction): void {
    if (node.required !== true) atoms.set(`${name} missing`, direction);
    positions.set(name, { direction, pointer: node.schema === undefined ? undefined : `${pointer}/schema` });
  }

  function readBody(name: string, operation: Found, direction: Direction): void {
    const body = isObject(operation.node.requestBody)
      ? follow({ node: operation.node.requestBody, pointer: `${operation.pointer}/requestBody` })
      : undefined;
    if (body?.node.required !== true) atoms.set(`${name} missing`, direction);
    if (body !== undefined) readContent(name, body, direction);
  }

  function readContent(name: string, { node, pointer }: Found, direction: Direction): void {
    for (const [type, media] of entries(node.content, `${pointer}/content`)) {
      atoms.set(`${name} ${type}`, direction);
      positions.set(`${name} ${type}`, { direction, pointer: media.node.schema === undefined ? undefined : `${media.pointer}/schema` });
    }
  }

  function readAnswers(name: string, operation: Found, direction: Direction): void {
    const responses = new Map(entries(operation.node.responses, `${operation.pointer}/responses`));
    for (const status of statuses) {
      const answer = responses.get(status) ?? responses.get(`${status[0]}XX`) ?? responses.get("default");
      if (answer === undefined) continue;
      const at = `${name} answers ${status}`;
      atoms.set(at, direction);
      readContent(at, answer, direction);
      if (answer.node.content === undefined) atoms.set(`${at} without a body`, direction);
      const headers = new Map(entries(answer.node.headers, `${answer.pointer}/headers`));
      for (const [header, found] of headers) {
        atoms.set(`${at} with header ${header.toLowerCase()}`, direction);
        readInput(`${at} header ${header.toLowerCase()}`, found, direction);
      }
    }
  }
}

function addresses(document: JsonObject, item: JsonObject, operation: JsonObject): string[] {
  const servers = [operation.servers ?? item.servers ?? document.servers ?? []].flat().filter(isObject);
  const refused = [document["x-unsupported-clouds"] ?? []].flat().filter(isObject);
  return servers.flatMap(({ url, "x-cloud": cloud }) => {
    const { name, version, authorityHost, tokenScope } = isObject(cloud) ? cloud : {};
    const isRefused = refused.some((one) => one.name === name && (one.version === undefined || one.version === version));
    return isRefused ? [] : [`${url} token ${authorityHost} ${tokenScope}`];
  });
}

/** Every set of permissions that is enough. */
function tokens(document: JsonObject, operation: JsonObject): string[] {
  const demands = [operation.security ?? document.security ?? []].flat().filter(isObject);
  const permissions = ["none", "Calls.AccessMedia.All", "Calls.JoinGroupCall.All", "another"];
  const sets = Array.from({ length: 2 ** permissions.length }, (_, bits) => permissions.filter((__, index) => bits & (1 << index)));
  return [undefined, "graphApplication", "notificationToken"].flatMap((scheme) =>
    sets
      .filter(
        (has) =>
          demands.length === 0 ||
          demands.some((one) =>
            Object.entries(one).every(([name, scopes]) => name === scheme && [scopes].flat().every((scope) => has.includes(`${scope}`))),
          ),
      )
      .map((has) => `${scheme} ${has.join("+")}`),
  );
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function escaped(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

function unescaped(key: string): string {
  return decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~");
}
