// The cases of the contract tests: every named example under `paths`, found by walking. An example that an editor adds is a case by that alone.
import { isObject, type Json, type JsonObject, operations, resolve, type SpecOperation } from "./spec.ts";

export type RequestExample = {
  readonly operation: SpecOperation;
  readonly mediaType: string;
  readonly name: string;
  readonly value: Json;
};

export type ResponseExample = {
  readonly operation: SpecOperation;
  /** As in the spec: `200`, `default`. */
  readonly status: string;
  /** The HTTP status to ask for. */
  readonly code: number;
  readonly mediaType: string;
  readonly name: string;
  readonly value: Json;
  /** What stands beside it, by lower-case name: the first example of each header, which is the one that Prism sends. */
  readonly headers: { readonly [name: string]: string };
};

export type HeaderExample = {
  readonly operation: SpecOperation;
  readonly status: string;
  readonly code: number;
  readonly header: string;
  readonly name: string;
  readonly value: string;
  /** Whether Prism can send it. */
  readonly first: boolean;
};

export const requestExamples: readonly RequestExample[] = operations.flatMap((operation) =>
  bodyExamples(resolve(operation.node.requestBody)).map((example) => ({ operation, ...example })),
);

export const responseExamples: readonly ResponseExample[] = operations.flatMap((operation) =>
  responsesOf(operation).flatMap(({ status, code, response }) => {
    const headers = firstHeaderExamples(response);
    return bodyExamples(response).map((example) => ({ operation, status, code, headers, ...example }));
  }),
);

export const headerExamples: readonly HeaderExample[] = operations.flatMap((operation) =>
  responsesOf(operation).flatMap(({ status, code, response }) =>
    headersOf(response).flatMap(({ header, examples }) =>
      examples.map(({ name, value }, index) => ({ operation, status, code, header, name, value: String(value), first: index === 0 })),
    ),
  ),
);

/** `→ 403 notPolicyRecordingCall`, `→ default (418) unexpected` */
export function arrowTo({ status, code, name }: Pick<ResponseExample, "status" | "code" | "name">): string {
  return `→ ${status === String(code) ? status : `${status} (${code})`} ${name}`;
}

/** The declared responses of an operation. */
export function responsesOf({ node }: SpecOperation): { status: string; code: number; response: JsonObject }[] {
  const responses = resolve(node.responses);
  // Prism serves a status that is not declared from `default`.
  const undeclared = [418, 451, 410].find((code) => responses[code] === undefined) ?? 599;
  return Object.entries(responses).map(([status, response]) => ({
    status,
    code: status === "default" ? undeclared : Number(status),
    response: resolve(response),
  }));
}

function bodyExamples(node: JsonObject): { mediaType: string; name: string; value: Json }[] {
  return Object.entries(resolve(node.content)).flatMap(([mediaType, media]) =>
    namedExamples(resolve(media)).map((example) => ({ mediaType, ...example })),
  );
}

function headersOf(response: JsonObject) {
  return Object.entries(resolve(response.headers)).map(([header, node]) => ({ header, examples: namedExamples(resolve(node)) }));
}

function firstHeaderExamples(response: JsonObject): { [name: string]: string } {
  const found: { [name: string]: string } = {};
  for (const { header, examples } of headersOf(response)) {
    const [first] = examples;
    if (first !== undefined) found[header.toLowerCase()] = String(first.value);
  }
  return found;
}

/** `examples` by name; a lone `example` is called "example". */
function namedExamples(node: JsonObject): { name: string; value: Json }[] {
  if (node.example !== undefined) return [{ name: "example", value: node.example }];
  return Object.entries(resolve(node.examples)).flatMap(([name, reference]) => {
    const example = resolve(reference);
    return isObject(example) && example.value !== undefined ? [{ name, value: example.value }] : [];
  });
}
