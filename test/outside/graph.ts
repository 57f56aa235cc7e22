// A scripted Graph behind a `fetch` function, of these tests' own: it notes what it received and what it answered, and when.
import type { Moment, OutsideClock } from "./clock.ts";
import { callEndedNotification, type Noise, noiseOf, type Telling, type Told, trueTelling } from "./webhook.ts";

/** What Graph does with one report, instead of answering `completed` at once. */
export type Step = {
  readonly delayMs?: number;
  /** An answer that is not 2xx. */
  readonly status?: number;
  /** Graph's error code in it; without one the answer is a bare status. */
  readonly code?: string;
  readonly retryAfterS?: number;
  /** Whether a 408, a 5xx or garbage put the report into effect all the same. */
  readonly applied?: boolean;
  /** No answer comes: the connection is lost, or nothing is heard. */
  readonly lost?: "request" | "answer" | "silentRequest" | "silentAnswer";
  /** A 2xx that is no operation. */
  readonly garbage?: boolean;
  /** The operation's status in the answer. */
  readonly operation?: string | null;
  readonly becomes?: "completed" | "failed" | undefined;
  readonly becomesAfterMs?: number;
  /** An HTTP status with which polls of it are answered. */
  readonly poll?: number | undefined;
  /** The answer is an empty 202: no id, no status. */
  readonly empty?: boolean;
  /** Graph tells by a notification that the operation has become final. */
  readonly tells?: Telling | undefined;
  /** Notifications that must grant nothing. */
  readonly noise?: readonly Noise[];
};

/** What became of a report, by what its sender got to hear. */
export type Fate = "open" | "confirmed" | "pending" | "operationFailed" | "refused" | "gone" | "unauthorized" | "throttled" | "unknown";

export type Report = {
  readonly arrived: Moment;
  readonly status: string;
  readonly context: string | null;
  readonly token: string;
  readonly clientRequestId: string | undefined;
  readonly step: Step;
  fate: Fate;
  /** Its operation, from the moment on at which it was made. */
  operation?: { readonly id: string; readonly body: Record<string, unknown> };
  /** A notification told its end before the answer. */
  toldEarly?: boolean;
  answered?: Moment;
  confirmed?: Moment;
};

export type OutsideGraph = {
  readonly baseUrl: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly credential: { getToken(): Promise<{ token: string; expiresOnTimestamp: number }> };
  /** What it received, in order. */
  readonly reports: readonly Report[];
  readonly polls: readonly Moment[];
  /** The status that is in effect. */
  readonly inEffect: string;
  /** Since when the call is over, if it is. */
  readonly over: Moment | undefined;
  endCall(): void;
  /** Ends the call, and tells the bot. */
  tellCallEnded(callId: string): unknown;
  /** The bot's webhook, and whether its start still waits for a confirmation. */
  webhook: { post(payload: unknown): Promise<{ readonly settled: readonly unknown[] }>; isWaiting(): boolean } | undefined;
  /** What notifications have done that they must not. */
  readonly wrongs: readonly string[];
  /** Called at the very instant at which a report arrives. */
  onReport: (report: Report) => void;
};

export type Plan = {
  /** For the reports `recording`, and for those of an end, in their order. */
  readonly starting: readonly Step[];
  readonly closing: readonly Step[];
  /** Which requests for a token fail, by their number. */
  readonly tokenFails?: readonly number[];
  readonly tokenLifeMs?: number;
};

const origin = "http://localhost";
const path = "/v1.0/communications/calls/";

export function createOutsideGraph(clock: OutsideClock, plan: Plan): OutsideGraph {
  const steps = { starting: [...plan.starting], closing: [...plan.closing] };
  const reports: Report[] = [];
  const polls: Moment[] = [];
  const operations = new Map<string, Report>();
  const wrongs: string[] = [];
  let inEffect = "notRecording";
  let over: Moment | undefined;
  let tokens = 0;

  const confirm = (report: Report) => {
    report.fate = "confirmed";
    report.confirmed ??= clock.mark();
  };

  const receive = async (id: string, init: RequestInit): Promise<Response> => {
    const { status, clientContext = null } = JSON.parse(String(init.body)) as { status: string; clientContext?: string | null };
    const headers = new Headers(init.headers);
    const token = headers.get("authorization") ?? "";
    const clientRequestId = headers.get("client-request-id") ?? undefined;
    const step = (status === "recording" ? steps.starting : steps.closing).shift() ?? {};
    const report: Report = { arrived: clock.mark(), status, context: clientContext, token, clientRequestId, step, fate: "open" };
    reports.push(report);
    graph.onReport(report);
    try {
      return await answer(id, report, init.signal ?? undefined);
    } catch (error) {
      report.fate = "unknown";
      throw error;
    } finally {
      report.answered = clock.mark();
    }
  };

  const answer = async (callId: string, report: Report, signal: AbortSignal | undefined): Promise<Response> => {
    const { step } = report;
    if (step.lost === "request") throw reset("before the request");
    if (step.lost === "silentRequest") await pause(clock, Number.POSITIVE_INFINITY, signal);
    const isApplied = step.status === undefined && !step.garbage ? step.operation !== "failed" && step.becomes !== "failed" : step.applied;
    if (over === undefined && isApplied) inEffect = report.status;
    const operation = makeOperation(callId, report);
    if (step.lost === "silentAnswer") await pause(clock, Number.POSITIVE_INFINITY, signal);
    await pause(clock, step.delayMs ?? 0, signal);
    if (step.lost === "answer") throw reset("before the answer");
    if (over !== undefined) return told(report, "gone", refusal(404, "8522"));
    const { status, code, retryAfterS } = step;
    if (status !== undefined) return told(report, fateOf(status, code), refusal(status, code, retryAfterS));
    if (step.garbage) return told(report, "unknown", new Response("<html>not Graph</html>", { status: 200 }));
    return operationFor(callId, report, operation);
  };

  const makeOperation = (callId: string, report: Report) => {
    const { step, context: clientContext } = report;
    const id = clock.runtime.randomUUID();
    const operation = {
      id,
      body: { id, status: step.operation === undefined ? "completed" : step.operation, clientContext, resultInfo: null },
    };
    report.operation = operation;
    operations.set(id, report);
    for (const { afterMs, what } of step.noise ?? []) {
      clock.after(afterMs, () => void makeNoise(what, { callId, operationId: id, clientContext, status: "running" }));
    }
    if (step.tells?.early && step.becomes !== undefined && isAccepted(step)) {
      report.toldEarly = true;
      void tell(callId, report, step.tells, step.becomes);
    }
    return operation;
  };

  /** Tells the truth: the operation is final from now on. */
  const tell = async (callId: string, report: Report, telling: Telling, status: "completed" | "failed") => {
    const { operation, context: clientContext } = report;
    const isExpected = report.fate === "pending" && over === undefined && graph.webhook?.isWaiting() === true;
    const told = trueTelling(telling, { callId, operationId: operation?.id, clientContext, status });
    for (let time = 1; time <= telling.times; time++) {
      const handling = graph.webhook?.post({ value: [told] });
      if (report.fate === "pending" && time === 1 && operation !== undefined) Object.assign(operation.body, { status });
      const { settled = [] } = (await handling) ?? {};
      if (settled.length > 0 && time === 2) wrongs.push("n. a repeated notification settled something");
      if (settled.length > 0) judgeOperation(report, status);
      else if (isExpected && time === 1 && report.fate === "pending")
        wrongs.push("n. a true notification did not settle the start that waits for it");
    }
  };

  const makeNoise = async (what: Noise["what"], told: Told) => {
    const { settled = [] } = (await graph.webhook?.post({ value: [noiseOf(what, told)] })) ?? {};
    if (settled.length > 0) wrongs.push(`n. a notification that says nothing of it settled something: ${what}`);
  };

  const operationFor = (callId: string, report: Report, { id, body }: NonNullable<Report["operation"]>): Response => {
    const { becomes, becomesAfterMs = 1_000, tells, empty } = report.step;
    const status = body.status;
    if (report.toldEarly) Object.assign(body, { status: becomes });
    else if (becomes !== undefined) {
      clock.after(becomesAfterMs, () => {
        Object.assign(body, { status: becomes });
        if (tells !== undefined) void tell(callId, report, tells, becomes);
      });
    }
    judgeOperation(report, report.toldEarly && becomes !== undefined ? becomes : status);
    if (empty) return new Response(null, { status: 202 });
    return Response.json({ ...body, status }, { headers: { location: `${origin}${path}${callId}/operations/${id}` } });
  };

  const judgeOperation = (report: Report, status: unknown) => {
    const known = String(status).toLowerCase();
    if (known === "completed") confirm(report);
    else report.fate = known === "failed" ? "operationFailed" : "pending";
  };

  const read = (id: string): Response => {
    polls.push(clock.mark());
    const report = operations.get(id);
    if (report?.operation === undefined || over !== undefined) return refusal(404, "8522");
    const { poll } = report.step;
    if (poll !== undefined) return refusal(poll, "UnknownError");
    judgeOperation(report, report.operation.body.status);
    return Response.json(report.operation.body);
  };

  const graph: OutsideGraph = {
    baseUrl: `${origin}/v1.0`,
    credential: {
      async getToken() {
        const number = ++tokens;
        if (plan.tokenFails?.includes(number)) throw new Error(`token request ${number} fails`);
        return { token: `token-${number}`, expiresOnTimestamp: clock.now() + (plan.tokenLifeMs ?? 3_600_000) };
      },
    },
    async fetch(url: string, init: RequestInit) {
      init.signal?.throwIfAborted();
      const [, id = "", action, operationId = ""] = /\/calls\/([^/]+)\/(updateRecordingStatus|operations)(?:\/([^/]+))?$/.exec(url) ?? [];
      if (action === "updateRecordingStatus") return receive(id, init);
      return action === "operations" ? read(operationId) : refusal(404, "UnknownError");
    },
    reports,
    polls,
    get inEffect() {
      return inEffect;
    },
    get over() {
      return over;
    },
    endCall() {
      over ??= clock.mark();
    },
    tellCallEnded(callId) {
      over ??= clock.mark();
      return graph.webhook?.post({ value: [callEndedNotification(callId)] });
    },
    webhook: undefined,
    wrongs,
    onReport: (_report: Report): void => {},
  };
  return graph;
}

/** Whether the answer will be an operation. */
function isAccepted({ status, garbage, lost }: Step): boolean {
  return status === undefined && !garbage && lost === undefined;
}

function told(report: Report, fate: Fate, answer: Response): Response {
  report.fate = fate;
  return answer;
}

function fateOf(status: number, code: string | undefined): Fate {
  if (code === "8522") return "gone";
  if (status === 401) return "unauthorized";
  if (status === 429) return "throttled";
  return status === 408 || status >= 500 ? "unknown" : "refused";
}

function refusal(status: number, code: string | undefined, retryAfterS?: number): Response {
  const headers: Record<string, string> = retryAfterS === undefined ? {} : { "retry-after": String(retryAfterS) };
  if (code === undefined) return new Response(null, { status, headers });
  return Response.json({ error: { code, message: "Scripted." } }, { status, headers });
}

function reset(when: string): TypeError {
  return new TypeError("fetch failed", { cause: new Error(`The connection was reset ${when}.`) });
}

/** Waits on the clock, or until the signal ends it, as `fetch` does. */
async function pause(clock: OutsideClock, ms: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  if (ms <= 0) return;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const cancel = ms === Number.POSITIVE_INFINITY ? () => {} : clock.after(ms, resolve);
  const onAbort = () => {
    cancel();
    reject(signal?.reason);
  };
  signal?.addEventListener("abort", onAbort, { once: true });
  await promise;
  signal?.removeEventListener("abort", onAbort);
}
