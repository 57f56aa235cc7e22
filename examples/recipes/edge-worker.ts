// A worker at the edge. What waits belongs to the request in which it began there, so no client is shared between requests: each request has
// its own, and a recording, which outlives its request, lives in a Durable Object with a client of its own.
import { createRecordingClient, isRecordingStatusError, type Recording, type RecordingClient } from "teams-recording-status";

export type Env = {
  readonly TENANT_ID: string;
  readonly CLIENT_ID: string;
  readonly CLIENT_SECRET: string;
  /** For tests; left out, it is Graph. */
  readonly GRAPH_URL?: string;
  readonly LOGIN_URL?: string;
};

/** A credential by `fetch` alone: client credentials of Entra. */
function credentialOf({ TENANT_ID, CLIENT_ID, CLIENT_SECRET, LOGIN_URL = "https://login.microsoftonline.com" }: Env) {
  return {
    async getToken(scopes: string | string[]) {
      const form = {
        grant_type: "client_credentials",
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        scope: [scopes].flat().join(" "),
      };
      const body = new URLSearchParams(form);
      const response = await fetch(`${LOGIN_URL}/${TENANT_ID}/oauth2/v2.0/token`, { method: "POST", body });
      if (!response.ok) throw new Error(`Entra answered with ${response.status}.`);
      const { access_token: token, expires_in: seconds } = (await response.json()) as { access_token: string; expires_in: number };
      return { token, expiresOnTimestamp: Date.now() + seconds * 1000 };
    },
  };
}

function openClient(env: Env): RecordingClient {
  return createRecordingClient({ credential: credentialOf(env), ...(env.GRAPH_URL !== undefined && { baseUrl: env.GRAPH_URL }) });
}

/** One report: a client for this request, which is closed with it. */
export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    await using graph = openClient(env);
    const { callId, status } = (await request.json()) as { callId: string; status: "notRecording" | "failed" };
    return await answer(async () => (await graph.updateRecordingStatus(callId, { status })).status);
  },
};

/** One call's recording, from its first request to its last: its Durable Object has the name of the call. */
export class CallRecorder {
  readonly #graph: RecordingClient;
  #recording: Promise<Recording | undefined> | undefined;

  constructor(_state: unknown, env: Env) {
    this.#graph = openClient(env);
  }

  async fetch(request: Request): Promise<Response> {
    const { callId, action } = (await request.json()) as { callId: string; action: "start" | "stop" };
    return answer(async () => {
      if (action === "stop") return (await (await this.#recording)?.stop())?.reported;
      const starting = this.#graph.startRecording(callId, { recorder: { start: () => {}, stop: () => {} } }); // yours
      const before = this.#recording;
      this.#recording = starting.catch(() => before); // at once: a stop may come while it starts
      return (await starting).state;
    });
  }
}

async function answer(act: () => Promise<unknown>): Promise<Response> {
  try {
    return Response.json({ result: await act() });
  } catch (error) {
    if (!isRecordingStatusError(error)) throw error;
    return Response.json({ error: error.code, hint: error.hint }, { status: 502 });
  }
}
