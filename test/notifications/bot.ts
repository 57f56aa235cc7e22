// A bot with a Graph that answers by hand, and what it is told.
import { type AttemptRecord, createRecordingClient, type RecordingClientOptions } from "teams-recording-status";
import { createFakeClock } from "teams-recording-status/testing";
import { outcome } from "../support/outcome.ts";
import { body, callId, operationId } from "./posted.ts";

type Sent = { readonly status: string | undefined; readonly context: string | undefined };

/** A bot whose Graph answers by hand; polls are refused unless they are answered too. */
export function createBot(options: Partial<RecordingClientOptions> = {}) {
  const clock = createFakeClock();
  const sent: Sent[] = [];
  const answers: ((response: Response) => void)[] = [];
  const records: AttemptRecord[] = [];
  let polls = 0;
  let poll = () => Response.json({ error: { code: "7503", message: "Forbidden" } }, { status: 403 });
  const graph = createRecordingClient(
    {
      credential: { getToken: async () => ({ token: "token", expiresOnTimestamp: clock.now() + 3_600_000 }) },
      onAttempt: (record: AttemptRecord) => void records.push(record),
      fetch: (_url, init) => {
        if (init.method !== "POST") return Promise.resolve(++polls && poll());
        const { status, clientContext } = JSON.parse(String(init.body));
        sent.push({ status, context: clientContext });
        return new Promise((resolve, reject) => {
          answers.push(resolve);
          init.signal?.addEventListener("abort", () => reject(init.signal?.reason));
        });
      },
      ...options,
    } as RecordingClientOptions,
    clock,
  );
  const settle = () => clock.advance(0);
  return {
    graph,
    clock,
    sent,
    records,
    settle,
    /** Answers the newest report; one that is `null` has no body. */
    async answer(given: object | null, status = given === null ? 202 : 200) {
      answers.at(-1)?.(given === null ? new Response(null, { status }) : Response.json(given, { status }));
      await settle();
    },
    async post(...notifications: readonly unknown[]) {
      const handled = await graph.notifications.handle(body(...notifications));
      await settle();
      return handled;
    },
    async start(more: object = {}, call = callId) {
      const persisted: string[] = [];
      const starting = outcome(
        graph.startRecording(call, { recorder: { start: () => void persisted.push("start"), stop: () => {} }, ...more }),
      );
      await settle();
      return { starting, persisted };
    },
    answerPolls: (answer: () => Response) => {
      poll = answer;
    },
    get polls() {
      return polls;
    },
  };
}

export const running = { id: operationId, status: "running" };
export const settled = [{ callId, operationId, status: "completed" }];
export const nothing = { settled: [], unmatched: [] };
