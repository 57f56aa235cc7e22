import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { GraphFetch } from "../../http/exchange.ts";
import type { GivenAnswer, SentRequest } from "../../testing/judge-exchange.ts";
import { showError } from "../../util/show-error.ts";
import { type Listening, listen } from "../listen.ts";
import { belowRoot, headersFor } from "./exchange.ts";

/** What the proxy sees. */
export type Watcher = {
  /** A bot got its answer. */
  onExchange(request: SentRequest, answer: GivenAnswer): void;
  /** The upstream gave none. */
  onNoAnswer(request: SentRequest, why: string): void;
};

export type ProxyOptions = {
  readonly port: number;
  /** The upstream's service root. */
  readonly root: string;
  readonly versions: readonly string[];
  readonly fetch: GraphFetch;
  readonly watcher: Watcher;
};

/** The longest that an upstream is waited for, in milliseconds: Prism never answers a body that is malformed JSON. */
const limitMs = 60_000;

/** Serves a proxy that changes nothing of what it passes on. */
export async function serveProxy({ port, ...options }: ProxyOptions): Promise<Listening> {
  const passing = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const passed = pass(options, request, response)
      .catch(() => void response.destroy())
      .then(() => void passing.delete(passed));
    passing.add(passed);
  });
  const { url, close } = await listen(server, port);
  return {
    url,
    async close() {
      await close();
      // What was under way has got no answer: the watcher is told before the verdict.
      await Promise.all(passing);
    },
  };
}

type Way = Omit<ProxyOptions, "port">;

async function pass(way: Way, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.on("close", () => gone.abort(new Error("the bot hung up")));
  const sent = await readRequest(way, request);
  let answer: Answer;
  try {
    answer = await ask(way, sent, AbortSignal.any([gone.signal, AbortSignal.timeout(limitMs)]));
  } catch (error) {
    way.watcher.onNoAnswer(sent, reasonOf(error));
    const body = { error: { code: "BadGateway", message: "The proxy got no answer from its upstream." } };
    response.writeHead(502, { "content-type": "application/json" }).end(JSON.stringify(body));
    return;
  }
  way.watcher.onExchange(sent, answer);
  const { status, headers, cookies, body } = answer;
  response.writeHead(status, { ...headersFor("bot", headers), ...(cookies.length > 0 && { "set-cookie": cookies }) }).end(body);
}

/** Cookies are the one header that cannot be joined into one: an expiry date in them has a comma. */
type Answer = GivenAnswer & { readonly cookies: string[] };

async function ask({ root, fetch }: Way, { method, path, headers, body }: SentRequest, signal: AbortSignal): Promise<Answer> {
  const hasBody = body.byteLength > 0 && method !== "GET" && method !== "HEAD";
  const init = { method, headers: headersFor("upstream", headers), redirect: "manual", signal, ...(hasBody && { body }) } as const;
  const answer = await fetch(`${root}${path}`, init);
  const cookies = answer.headers.getSetCookie();
  const whole = new Uint8Array(await answer.arrayBuffer());
  return { status: answer.status, headers: Object.fromEntries(answer.headers), cookies, body: whole };
}

async function readRequest({ root, versions }: Way, request: IncomingMessage): Promise<SentRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [name, [value ?? []].flat().join(", ")]);
  return {
    method: request.method ?? "GET",
    path: belowRoot(request.url ?? "/", root, versions),
    headers: Object.fromEntries(headers),
    body: new Uint8Array(Buffer.concat(chunks)),
  };
}

/** Of `fetch failed` the cause says why. */
function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: unknown };
  return showError(cause instanceof Error && cause.message !== "" ? cause : error);
}
