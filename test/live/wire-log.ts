/** `fetch` as the client calls it. */
type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** One request and its answer, without what belongs to the tenant: ids are numbered, tokens and addresses are left out. */
export type WireFact = {
  /** What the probe was doing. */
  readonly step: string;
  readonly method: string;
  readonly path: string;
  readonly sent: unknown;
  /** 0 where no answer came. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly received: unknown;
};

/** Headers that say something about the service, not about the tenant. */
const telling = ["content-type", "location", "retry-after", "www-authenticate", "x-ms-ags-diagnostic", "date"];

/** Keeps what goes over the wire, redacted; and reads an operation back by the way that its report took. */
export function createWireLog(fetch: Fetch) {
  const facts: WireFact[] = [];
  const redact = createRedact();
  let step = "";
  let last: { readonly root: string; readonly headers: HeadersInit | undefined } | undefined;
  const ask: Fetch = async (url, init) => {
    const { method = "GET", body, headers } = init;
    const at = url.indexOf("/communications/");
    last = { root: url.slice(0, at), headers };
    const shared = { step, method, path: redact(url.slice(at)), sent: typeof body === "string" ? readBody(redact(body)) : undefined };
    try {
      const response = await fetch(url, init);
      const told = telling.flatMap((name) => (response.headers.has(name) ? [[name, redact(response.headers.get(name) ?? "")]] : []));
      facts.push({
        ...shared,
        status: response.status,
        headers: Object.fromEntries(told),
        received: readBody(redact(await response.clone().text())),
      });
      return response;
    } catch (error) {
      facts.push({ ...shared, status: 0, headers: {}, received: redact(String(error)) });
      throw error;
    }
  };
  return {
    facts,
    fetch: ask,
    begin(name: string) {
      step = name;
    },
    /** With the token of the last request, whatever the operation has become. */
    async readOperation(callId: string, operationId: string): Promise<void> {
      const path = `/communications/calls/${encodeURIComponent(callId)}/operations/${encodeURIComponent(operationId)}`;
      if (last !== undefined)
        await ask(last.root + path, { method: "GET", headers: last.headers ?? {}, signal: AbortSignal.timeout(10_000) });
    },
  };
}

/** The same id has the same number everywhere, so that a reader sees which answers belong together. Hosts and tokens go. */
function createRedact(): (text: string) => string {
  const known = new Map<string, string>();
  const numbered = (id: string) => {
    const key = id.toLowerCase().replaceAll("-", "");
    const name = known.get(key) ?? `id-${known.size + 1}`;
    known.set(key, name);
    return name;
  };
  return (text) =>
    text
      .replaceAll(/\b(Bearer\s+)?ey[\w-]+\.[\w-]+\.[\w-]*/g, "token")
      .replaceAll(/https?:\/\/[^/\s"]+/g, "https://host")
      .replaceAll(/[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}/gi, numbered)
      .replaceAll(/(?<=\/(?:calls|operations)\/)(?!id-\d)[^/"?\s]+/g, numbered);
}

function readBody(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return text.slice(0, 2_000);
  }
}
