import type { UpdateInput } from "../model/update.ts";
import { fillPath, type operations, requests } from "../wire.ts";
import type { Answer, Exchange } from "./answer.ts";

/** What each attempt adds to a request. */
export type AttemptInit = { readonly token: string; readonly clientRequestId: string; readonly signal: AbortSignal };

/** Requests to Graph by operation; each gives the whole answer. */
export type Transport = {
  updateRecordingStatus(input: UpdateInput, attempt: AttemptInit): Promise<Answer>;
  getCallOperation(id: { readonly callId: string; readonly operationId: string }, attempt: AttemptInit): Promise<Answer>;
};

/** An operation, and what the spec asks for in its path. */
type Called = keyof operations & keyof typeof requests;
type NamesIn<Id extends Called> = operations[Id]["parameters"]["path"];
/** What the spec says of a request. */
type Asked = { readonly method: string; readonly path: string; readonly contentType?: string };

/**
 * Sends by `exchange` to the service root `baseUrl`. It does what the generated client does, by the same facts and with openapi-fetch's own way to
 * fill a path in; test/unit/transport.test.ts holds it to that. The client itself would build `Headers`, for which Node loads all of `fetch`:
 * half of what a first call costs.
 */
export function createTransport({ baseUrl, exchange }: { readonly baseUrl: string; readonly exchange: Exchange }): Transport {
  const call = <Id extends Called>(operation: Id, names: NamesIn<Id>, attempt: AttemptInit, body?: UpdateInput["body"]) => {
    const { method, path, contentType }: Asked = requests[operation];
    const headers = {
      ...(body !== undefined && contentType !== undefined && { "content-type": contentType }),
      authorization: `Bearer ${attempt.token}`,
      accept: "application/json",
      "client-request-id": attempt.clientRequestId,
    };
    return exchange(baseUrl + fillPath(path, names), { method, headers, body: body && JSON.stringify(body) }, attempt.signal);
  };
  return {
    updateRecordingStatus: ({ callId, body }, attempt) => call("updateRecordingStatus", { id: callId }, attempt, body),
    getCallOperation: ({ callId, operationId }, attempt) => call("getCallOperation", { id: callId, operationId }, attempt),
  };
}
