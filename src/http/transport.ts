import type { UpdateInput } from "../model/update.ts";
import { createFetchClient } from "../wire.ts";
import type { Answer, Exchange, Sent } from "./answer.ts";

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
type CarriedAnswer = Pick<Response, "ok" | "status" | "text"> & Pick<Answer, "headers"> & { readonly answer: Answer };

/** Sends by `exchange` to the service root `baseUrl`, and nowhere else. */
export function createTransport({ baseUrl, exchange }: { readonly baseUrl: string; readonly exchange: Exchange }): Transport {
  // The stand-ins have all that openapi-fetch uses of the real classes; test/unit/transport.test.ts holds it to that.
  const client = createFetchClient({ baseUrl, Request: PlainRequest as unknown as typeof Request });
  /** The answer is read by `exchange`, so openapi-fetch is kept from reading it. */
  const as = (attempt: AttemptInit) => {
    const send = async ({ url, init }: PlainRequest): Promise<CarriedAnswer> => {
      if (!url.startsWith(`${baseUrl}/`)) throw new Error("A request was about to leave for another origin; nothing was sent.");
      const answer = await exchange(url, sentAs(init, attempt), attempt.signal);
      return { ok: answer.ok, status: answer.status, headers: answer.headers, text: async () => "", answer };
    };
    return { fetch: send as unknown as (request: Request) => Promise<Response>, parseAs: "stream" } as const;
  };
  return {
    async updateRecordingStatus({ callId, body }, attempt) {
      const { response } = await client.updateRecordingStatus({ params: { path: { id: callId } }, body, ...as(attempt) });
      return answerOf(response);
    },
    async getCallOperation({ callId, operationId }, attempt) {
      const { response } = await client.getCallOperation({ params: { path: { id: callId, operationId } }, ...as(attempt) });
      return answerOf(response);
    },
  };
}

/** What is the same for every operation is added here: openapi-fetch would merge each header twice. */
function sentAs({ method = "GET", headers, body }: RequestInit, { token, clientRequestId }: AttemptInit): Sent {
  const own = { authorization: `Bearer ${token}`, accept: "application/json", "client-request-id": clientRequestId };
  return { method, headers: { ...Object.fromEntries(headers as Headers), ...own }, body: body as string | undefined };
}

function answerOf(response: Response): Answer {
  return (response as unknown as CarriedAnswer).answer;
}
