import { createRequire } from "node:module";
import { parseJson } from "../util/json.ts";
import { requirePrism } from "./start-mock-graph.ts";

/** What a bot sent; headers by lower-case name. */
export type SentRequest = {
  readonly method: string;
  /** Below the service root, query included. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
};

/** What it was answered. */
export type GivenAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
};

/**
 * Says where an exchange breaks the OpenAPI document: one sentence each, `request: …` or `answer: …`. Undefined when it is about something of
 * Graph's that the document does not describe. A request without an answer is judged alone.
 */
export type Judge = (request: SentRequest, answer: GivenAnswer | undefined) => Promise<string[] | undefined>;

/** Prism without its server: the router and the validators. What it would forward to has answered already. @throws {Error} Prism is missing */
export async function createJudge(): Promise<Judge> {
  await requirePrism();
  const { createLogger } = await import("@stoplight/prism-core");
  const { getHttpOperationsFromSpec, createInstance } = await import("@stoplight/prism-http");
  const operations = await getHttpOperationsFromSpec(createRequire(import.meta.url).resolve("teams-recording-status/openapi.yaml"));
  const config = {
    ...{ checkSecurity: true, validateRequest: true, validateResponse: true, errors: true, mock: { dynamic: false } },
    ...{ isProxy: true, upstream: new URL("http://127.0.0.1"), upstreamProxy: undefined },
  } as const;
  const logger = createLogger("proxy", { level: "silent" });
  return async (request, answered) => {
    const answer = answered ?? silence;
    const [sent, given] = [readBody(request), readBody(answer)];
    const right = { statusCode: answer.status, headers: { ...answer.headers }, body: given.value };
    const prism = createInstance(config, { logger, forward: () => () => async () => ({ _tag: "Right" as const, right }) });
    const { pathname, searchParams } = new URL(request.path, "http://localhost");
    const result = await prism.request(
      {
        method: request.method.toLowerCase() as "post",
        url: { path: pathname, query: Object.fromEntries(searchParams) },
        headers: headersOf(request),
        body: sent.value ?? null,
      },
      operations,
    )();
    if (result._tag === "Left") return misses(request, result.left) ? [`request: ${noSuchOperation}`] : undefined;
    const { input, output } = result.right.validations;
    return [
      ...sentences("request", sent.flaw, input, request),
      ...(answered === undefined ? [] : sentences("answer", given.flaw, output, answer)),
    ];
  };
}

/** In the place of an answer that never came; it is not judged. */
const silence: GivenAnswer = { status: 200, headers: {}, body: new Uint8Array() };

const noSuchOperation = "the document has no operation with this method and path.";

/** The document is a part of Graph: a bot asks for much else. What is nearly one of its operations is meant to be that. */
function misses({ path }: SentRequest, { name }: Error): boolean {
  return !name.endsWith("#NO_PATH_MATCHED_ERROR") || /recording-?_?status/i.test(path);
}

type Diagnostic = { readonly message: string; readonly code?: string | number | undefined };

function sentences(
  side: string,
  flaw: string | undefined,
  found: readonly Diagnostic[],
  { headers }: Pick<GivenAnswer, "headers">,
): string[] {
  // What is no JSON breaks every rule for what it should hold: once is enough.
  const words = flaw === undefined ? found.map((one) => inWords(one, headers)) : [flaw];
  return [...new Set(words)].map((one) => `${side}: ${one}`);
}

function inWords({ message, code }: Diagnostic, headers: GivenAnswer["headers"]): string {
  if (code === 401) return "there is no Bearer token in it.";
  const type = message.startsWith("Supported content types") ? `its content-type is ${headers["content-type"] ?? "missing"}. ` : "";
  return message.endsWith(".") ? `${type}${message}` : `${type}${message}.`;
}

/** Prism looks at the media type only where a length says that there is a body. */
function headersOf({ headers, body }: SentRequest): Record<string, string> {
  const { "content-length": _, ...rest } = headers;
  return body.byteLength === 0 ? rest : { ...rest, "content-length": `${body.byteLength}` };
}

/** A body as Prism takes it: JSON by its media type, else the text. */
function readBody({ headers, body }: Pick<GivenAnswer, "headers" | "body">): { readonly value: unknown; readonly flaw?: string } {
  if (body.byteLength === 0) return { value: undefined };
  const text = new TextDecoder().decode(body);
  if (!/^application\/([\w.-]+\+)?json\b/i.test(headers["content-type"] ?? "")) return { value: text };
  const value = parseJson(text);
  return value === undefined ? { value: text, flaw: "its body is no JSON, although its content-type says so." } : { value };
}
