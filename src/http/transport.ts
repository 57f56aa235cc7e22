import type { ClientSettings } from "../input/client-options.ts";
import type { UpdateInput } from "../model/update.ts";
import { createFetchClient } from "../wire.ts";
import { type Answer, exchange } from "./exchange.ts";

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

export function createTransport({ endpoint, fetch }: Pick<ClientSettings, "endpoint" | "fetch">): Transport {
  const carry = async ({ url, init }: PlainRequest): Promise<CarriedAnswer> => {
    if (!url.startsWith(`${endpoint.baseUrl}/`)) throw new Error("A request was about to leave for another origin; nothing was sent.");
    const { method, headers, body } = init;
    const plain = { method, headers, ...(body === undefined ? {} : { body }) } as RequestInit;
    const answer = await exchange(fetch, url, plain, init.signal as AbortSignal);
    return { ok: answer.ok, status: answer.status, headers: answer.headers, text: async () => "", answer };
  };
  const client = createFetchClient({
    baseUrl: endpoint.baseUrl,
    // The stand-ins have all that openapi-fetch uses of the real classes; test/unit/transport.test.ts holds it to that.
    fetch: carry as unknown as (request: Request) => Promise<Response>,
    Request: PlainRequest as unknown as typeof Request,
    ...({
      querySerializer: undefined,
      bodySerializer: undefined,
      pathSerializer: undefined,
      headers: undefined,
      requestInitExt: undefined,
    } as never as object),
  });
  return {
    async updateRecordingStatus({ callId, body }, init) {
      const { response } = await client.updateRecordingStatus({ params: { path: { id: callId } }, body, ...shared(init) });
      return answerOf(response);
    },
    async getCallOperation({ callId, operationId }, init) {
      const { response } = await client.getCallOperation({
        params: { path: { id: callId, operationId } },
        ...shared(init),
        ...({ body: undefined } as object),
      });
      return answerOf(response);
    },
  };
}

/** What openapi-fetch would read from the prototype of its options, where a polluted one could send the token elsewhere. */
const unused = {
  baseUrl: undefined,
  fetch: undefined,
  Request: undefined,
  querySerializer: undefined,
  bodySerializer: undefined,
  pathSerializer: undefined,
  middleware: undefined,
} as never as object;

/** The answer is read by `exchange`, so openapi-fetch is kept from reading it. */
function shared({ token, clientRequestId, signal }: AttemptInit) {
  const headers = { authorization: `Bearer ${token}`, accept: "application/json", "client-request-id": clientRequestId };
  return { ...unused, headers, signal, parseAs: "stream" } as const;
}

function answerOf(response: Response): Answer {
  return (response as unknown as CarriedAnswer).answer;
}
