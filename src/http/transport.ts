import type { UpdateInput } from "../model/update.ts";
import { createFetchClient } from "../wire.ts";
import { type Answer, exchange, type GraphFetch } from "./exchange.ts";

/** What each attempt adds to a request. */
export type AttemptInit = { readonly token: string; readonly clientRequestId: string; readonly signal: AbortSignal };

/** Requests to Graph by operation, through the generated client; each gives the whole answer. */
export type Transport = {
  updateRecordingStatus(input: UpdateInput, init: AttemptInit): Promise<Answer>;
  getCallOperation(id: { readonly callId: string; readonly operationId: string }, init: AttemptInit): Promise<Answer>;
};

/** Keeps what openapi-fetch would put into a `Request`: building a real one costs more than the rest of the call, and a mock sees a plain URL. */
class PlainRequest {
  readonly url: string;
  readonly init: RequestInit;

  constructor(url: string, init: RequestInit) {
    this.url = url;
    this.init = init;
  }
}

/** What openapi-fetch needs of a `Response`; the answer itself travels along. */
type CarriedAnswer = Pick<Response, "ok" | "status" | "headers" | "text"> & { readonly answer: Answer };

/** Sends by `fetch` to the service root `baseUrl`, and nowhere else. */
export function createTransport({ baseUrl, fetch }: { readonly baseUrl: string; readonly fetch: GraphFetch }): Transport {
  const send = async ({ url, init }: PlainRequest): Promise<CarriedAnswer> => {
    if (!url.startsWith(`${baseUrl}/`)) throw new Error("A request was about to leave for another origin; nothing was sent.");
    const { method, headers, body, signal } = init as RequestInit & { signal: AbortSignal };
    const answer = await exchange(fetch, url, { method, headers, ...(body === undefined ? {} : { body }) } as RequestInit, signal);
    return { ok: answer.ok, status: answer.status, headers: answer.headers, text: async () => "", answer };
  };
  const client = createFetchClient({
    baseUrl,
    // The stand-ins have all that openapi-fetch uses of the real classes; test/unit/transport.test.ts holds it to that.
    fetch: send as unknown as (request: Request) => Promise<Response>,
    Request: PlainRequest as unknown as typeof Request,
  });
  return {
    async updateRecordingStatus({ callId, body }, init) {
      const { response } = await client.updateRecordingStatus({ params: { path: { id: callId } }, body, ...shared(init) });
      return answerOf(response);
    },
    async getCallOperation({ callId, operationId }, init) {
      const { response } = await client.getCallOperation({ params: { path: { id: callId, operationId } }, ...shared(init) });
      return answerOf(response);
    },
  };
}

/** The answer is read by `exchange`, so openapi-fetch is kept from reading it. */
function shared({ token, clientRequestId, signal }: AttemptInit) {
  const headers = { authorization: `Bearer ${token}`, accept: "application/json", "client-request-id": clientRequestId };
  return { headers, signal, parseAs: "stream" } as const;
}

function answerOf(response: Response): Answer {
  return (response as unknown as CarriedAnswer).answer;
}
