// The fake Graph without a client: requests as a consumer's own code might send them.
import { createFakeGraph, type FakeStep } from "teams-recording-status/testing";

export const callId = "57dab8b1-894c-409a-b240-bd8beae78896";

export type Sent = {
  readonly call?: string;
  readonly status?: string;
  /** The body's text, instead of one with the status. */
  readonly body?: string | undefined;
  readonly method?: string;
  /** The path below the call. */
  readonly path?: string;
  readonly authorization?: string | undefined;
  readonly signal?: AbortSignal;
};

/** A fake with one call, and what sends to it; `steps` are scripted. */
export async function openFake(...steps: readonly FakeStep[]) {
  const fake = createFakeGraph();
  fake.addCall(callId);
  fake.script(steps);
  const token = (await fake.credential.getToken("scope"))?.token;
  const send = (sent: Sent = {}): Promise<Response> => {
    const { call = callId, status = "recording", method = "POST", path = "updateRecordingStatus", signal } = sent;
    const authorization = "authorization" in sent ? sent.authorization : `Bearer ${token}`;
    const body = "body" in sent ? sent.body : JSON.stringify({ status, clientContext: "mine" });
    return fake.fetch(`${fake.baseUrl}/communications/calls/${encodeURIComponent(call)}/${path}`, {
      method,
      headers: authorization === undefined ? {} : { authorization },
      ...(method === "GET" || body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
    });
  };
  const read = (operationId: string): Promise<Response> => send({ method: "GET", path: `operations/${operationId}` });
  /** The history without its times, in short: `report recording applied`, `answer recording completed`. */
  const history = () =>
    fake.history.map((event) => {
      if (event.type === "report") return `report ${event.status} ${event.applied ? "applied" : "not applied"}`;
      return event.type === "answer" ? `answer ${event.status} ${event.outcome}` : event.type;
    });
  return { fake, clock: fake.clock, token, send, read, history };
}

export async function bodyOf(response: Response): Promise<Record<string, unknown>> {
  return (await response.json()) as Record<string, unknown>;
}
