/** What is used of an `IncomingMessage` of node:http; that of Express is one too. Written down here: this entry loads without Node. */
export type NodeRequest = {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** Express: the path before it was cut down by a router. */
  readonly originalUrl?: string | undefined;
  readonly headers: { readonly [name: string]: string | string[] | undefined };
  readonly rawHeaders: readonly string[];
  /** Whether all of it has arrived. */
  readonly complete: boolean;
  readonly readableDidRead: boolean;
  readonly readableEnded: boolean;
  readonly destroyed: boolean;
  iterator(options: { destroyOnReturn: boolean }): AsyncIterator<unknown>;
  on(event: string, listener: (chunk: Uint8Array) => void): unknown;
  off(event: string, listener: (chunk: Uint8Array) => void): unknown;
  pause(): unknown;
};

/** The web `Request` of a request of node:http. Nothing of the body is read before somebody reads the `Request`. */
export async function toWebRequest(request: NodeRequest, signal: AbortSignal): Promise<Request> {
  const { method = "GET" } = request;
  const init = { method, headers: readHeaders(request), signal };
  const url = urlOf(request);
  if (method === "GET" || method === "HEAD") return new Request(url, init);
  if (request.readableDidRead || request.readableEnded) return usedRequest(url, init);
  // `duplex` is demanded for streams, and the types of TypeScript's DOM do not know it.
  return new Request(url, { ...init, body: bodyOf(request), duplex: "half" } as RequestInit);
}

/** Somebody else has read the body, a body parser as a rule: the `Request` says so, as one whose body was used. */
async function usedRequest(url: string, init: RequestInit): Promise<Request> {
  const used = new Request(url, { ...init, body: "used" });
  await used.text();
  return used;
}

function bodyOf(request: NodeRequest): ReadableStream<Uint8Array> {
  let chunks: AsyncIterator<unknown> | undefined;
  return new ReadableStream(
    {
      async pull(controller) {
        // Who stops reading does not end the request: what is left of it is drained, and then its answer is at its end.
        chunks ??= request.iterator({ destroyOnReturn: false });
        const { done, value } = await chunks.next();
        if (done) controller.close();
        // After `setEncoding` there is text instead, which may have lost bytes.
        else if (value instanceof Uint8Array) controller.enqueue(new Uint8Array(value));
        else throw new TypeError("The body was made text before it was read.");
      },
      async cancel() {
        await chunks?.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

/** All headers, those that came twice too: of two tokens, none is the right one. */
function readHeaders({ headers, rawHeaders }: NodeRequest): Headers {
  const read = new Headers();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) append(read, rawHeaders[at], rawHeaders[at + 1]);
  if (rawHeaders.length > 0) return read;
  // Adapters of serverless platforms have these only.
  for (const [name, value] of Object.entries(headers)) for (const one of [value].flat()) append(read, name, one);
  return read;
}

function append(headers: Headers, name: string | undefined, value: string | undefined): void {
  // HTTP/2 has pseudo headers, such as `:path`.
  if (name !== undefined && value !== undefined && !name.startsWith(":")) headers.append(name, value);
}

/** The host is what the client says, and nothing is decided by it. */
function urlOf({ originalUrl, url = "/", headers }: NodeRequest): string {
  const path = originalUrl ?? url;
  const [host = ""] = [headers.host].flat();
  const root = `http://${/^[\w.:[\]-]+$/.test(host) ? host : "localhost"}`;
  const whole = path.startsWith("/") ? root + path : `${root}/`;
  return URL.canParse(whole) ? whole : "http://localhost/";
}
