// Prism without its server: the same router, validator and mocker, and a scripted answer where it would forward. Hundreds of documents a minute.
import { createLogger } from "@stoplight/prism-core";
import { createInstance, getHttpOperationsFromSpec } from "@stoplight/prism-http";
import type { JsonObject } from "../spec/document.ts";

export type Operations = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>;

export type PrismRequest = {
  readonly method: string;
  readonly path: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** What a client would ask for in `Prefer`. */
  readonly prefer?: { readonly code: number; readonly example: string } | undefined;
};

export type PrismAnswer = {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** As `request.body.status: enum`: place and rule. */
  readonly violations: readonly string[];
};

/** What a server in Graph's place answers; `body` is the text. */
export type UpstreamAnswer = { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string };

type Instance = ReturnType<typeof createInstance>;
type Components = Parameters<typeof createInstance>[1];
type Forward = NonNullable<Components["forward"]>;

const logger = createLogger("judge", { level: "silent" });
const checks = { checkSecurity: true, validateRequest: true, errors: true, mock: { dynamic: false } };

/** Prism dereferences in place, so it gets a copy. */
export function readOperations(document: JsonObject): Promise<Operations> {
  return getHttpOperationsFromSpec(structuredClone(document));
}

/** What the mock answers. It does not check its own answers: that is the proxy's part. */
export function askMock(operations: Operations, request: PrismRequest): Promise<PrismAnswer> {
  const { code, example } = request.prefer ?? {};
  const mock = { dynamic: false, ...(code === undefined ? {} : { code }), ...(example === undefined ? {} : { exampleKey: example }) };
  return ask(
    createInstance({ ...checks, validateResponse: false, isProxy: false, mock, upstreamProxy: undefined }, { logger }),
    operations,
    request,
  );
}

/** What the validating proxy makes of an answer. */
export function askProxy(operations: Operations, request: PrismRequest, answer: UpstreamAnswer): Promise<PrismAnswer> {
  const config = {
    ...checks,
    validateResponse: true,
    isProxy: true,
    upstream: new URL("http://127.0.0.1"),
    upstreamProxy: undefined,
  } as const;
  return ask(createInstance(config, { logger, forward: answering(answer) }), operations, request);
}

async function ask(prism: Instance, operations: Operations, { method, path, headers, body }: PrismRequest): Promise<PrismAnswer> {
  // Prism looks at the media type only where a length says that there is a body.
  const length = body === undefined ? {} : { "content-length": `${JSON.stringify(body).length}` };
  const input = {
    method: method.toLowerCase() as "post",
    url: { path, query: {} },
    headers: { ...headers, ...length },
    body: body ?? null,
  };
  const result = await prism.request(input, operations)();
  if (result._tag === "Left") {
    const { status = 500, name } = result.left as { status?: number; name?: string };
    return { status, headers: {}, body: { type: name }, violations: [] };
  }
  const { output, validations } = result.right;
  const named = (prefix: string, list: typeof validations.input) =>
    list.map(({ path: place = [], code, message }) => `${[prefix, ...place].join(".")}: ${code ?? shorten(message)}`);
  return {
    status: output.statusCode,
    headers: Object.fromEntries(Object.entries(output.headers ?? {}).map(([name, value]) => [name.toLowerCase(), `${value}`])),
    body: output.body,
    violations: [...named("request", validations.input), ...named("response", validations.output)],
  };
}

/** Stands for the request to the upstream; reads the body as Prism's own forwarder does. */
function answering({ status = 200, headers = {}, body = "" }: UpstreamAnswer): Forward {
  const isJson = status !== 204 && /^application\/(\w+\+)?json/.test(headers["content-type"] ?? "");
  const right = { statusCode: status, headers: { ...headers }, body: isJson ? JSON.parse(body) : body };
  return () => () => async () => ({ _tag: "Right" as const, right });
}

/** A wrong media type in an answer has no code. */
function shorten(message: string): string {
  return message.includes("media type") ? "media type" : message;
}
