// A Graph that does what a test says, step by step, and knows what is in effect: the judge of what an error claims.
import type { AccessToken, GraphFetch } from "teams-recording-status";

/** What it does with one report; after the last step it confirms. */
export type GraphStep =
  | { readonly http: number; readonly code?: string; readonly headers?: Record<string, string>; readonly applies?: boolean }
  | { readonly operation: string; readonly becomes?: string; readonly pollStatus?: number }
  | { readonly lose: "request" | "answer" }
  | { readonly silent: true }
  | { readonly garbage: string };

export type Sent = { readonly status: string; readonly clientRequestId: string; readonly token: string };

export function createScriptedGraph() {
  const steps: GraphStep[] = [];
  const sent: Sent[] = [];
  let inEffect: string | undefined;
  let asked = 0;
  let operation:
    | { id: string; status: string; becomes?: string | undefined; reported: string; pollStatus?: number | undefined }
    | undefined;

  const apply = (status: string, last: string) => {
    if (last !== "failed") inEffect = status;
  };
  const answer = (status: string, step: GraphStep): Response => {
    if ("http" in step) {
      if (step.applies) apply(status, "completed");
      return Response.json(
        { error: { code: step.code ?? String(step.http), message: "Scripted." } },
        { status: step.http, headers: step.headers ?? {} },
      );
    }
    if ("garbage" in step) {
      apply(status, "completed");
      return new Response(step.garbage);
    }
    const { operation: now = "completed", becomes, pollStatus } = "operation" in step ? step : {};
    operation = { id: `operation-${sent.length}`, status: now, becomes, reported: status, pollStatus };
    apply(status, becomes ?? now);
    const { id } = operation;
    return Response.json({ id, status: now, clientContext: null, resultInfo: null });
  };
  const poll = (): Response => {
    if (operation === undefined || operation.pollStatus !== undefined) return Response.json({}, { status: operation?.pollStatus ?? 404 });
    return Response.json({ ...operation, status: operation.becomes ?? operation.status });
  };
  const fetch: GraphFetch = async (_url, init) => {
    init.signal?.throwIfAborted();
    const headers = new Headers(init.headers);
    if (init.method !== "POST") return poll();
    const { status } = JSON.parse(String(init.body)) as { status: string };
    sent.push({ status, clientRequestId: headers.get("client-request-id") ?? "", token: headers.get("authorization") ?? "" });
    const step = steps.shift() ?? { operation: "completed" };
    if ("lose" in step && step.lose === "request") throw new TypeError("fetch failed");
    if ("silent" in step || "lose" in step) apply(status, "completed");
    if ("lose" in step) throw new TypeError("fetch failed");
    if ("silent" in step) return new Promise((_, reject) => init.signal?.addEventListener("abort", () => reject(init.signal?.reason)));
    return answer(status, step);
  };
  const credential = {
    failures: 0,
    expiresOn: () => Date.UTC(2100, 0, 1),
    async getToken(): Promise<AccessToken> {
      asked++;
      if (credential.failures-- > 0) throw new Error("no identity here");
      return { token: `token-of-the-scripted-graph-${asked}`, expiresOnTimestamp: credential.expiresOn() };
    },
  };
  return {
    fetch,
    credential,
    sent,
    script: (...plan: GraphStep[]) => void steps.push(...plan),
    /** The status that is in effect at Graph at this instant. */
    get inEffect() {
      return inEffect;
    },
  };
}
