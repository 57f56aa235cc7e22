// What the tests of the handler share: a receiver and a verifier in the test's hands, and what was told of.
import {
  BadNotificationError,
  createNotificationHandler,
  type NotificationHandlerOptions,
  type NotificationReceiver,
  UnverifiedError,
} from "teams-recording-status/notifications";
import { createStillClock } from "./tokens.ts";

export const goodToken = "eyJhbGciOiJSUzI1NiJ9.good.token";
export const notification = { value: [{ changeType: "deleted", resourceUrl: "/communications/calls/1/operations/2" }] };
export const unmatched = [{ kind: "call", callId: "1" }] as never;

type Handle = NotificationReceiver["notifications"]["handle"];

/** A handler, and what it was seen to do. */
export function createWebhook({ handle, ...options }: NotificationHandlerOptions & { handle?: Handle } = {}) {
  const clock = createStillClock();
  const handled: unknown[] = [];
  const refused: { error: unknown; status: number }[] = [];
  const graph: NotificationReceiver = {
    notifications: {
      async handle(payload) {
        handled.push(payload);
        if (payload === 7) throw new BadNotificationError("The notification is a number.");
        return handle === undefined ? { settled: [], unmatched: [] } : handle(payload);
      },
    },
  };
  const verifier = {
    async verify(header: string | null | undefined) {
      if (header !== `Bearer ${goodToken}`) throw new UnverifiedError("No.");
      return { tenantId: "tenant-1", claims: {} };
    },
  };
  const onRefused = (error: unknown, status: number) => void refused.push({ error, status });
  const handler = createNotificationHandler(graph, verifier, { onRefused, ...options }, clock);
  return { handler, handled, refused, clock };
}

/** A request as Graph sends it; what is given is another. */
export function post(body: BodyInit | null | undefined = JSON.stringify(notification), init: RequestInit = {}): Request {
  const headers = { authorization: `Bearer ${goodToken}`, "content-type": "application/json", ...(init.headers as object) };
  return new Request("https://bot.example/callback", { method: "POST", body, duplex: "half", ...init, headers } as RequestInit);
}

/** A body that comes chunk by chunk, as it is pulled, and notes how much of it was. */
export function createBody(chunks: Iterable<unknown>, { hangs = false, breaks = false } = {}) {
  const seen = { pulled: 0, cancelled: false };
  const rest = chunks[Symbol.iterator]();
  const stream = new ReadableStream(
    {
      pull(controller) {
        const { done, value } = rest.next();
        if (!done) {
          seen.pulled++;
          controller.enqueue(value);
        } else if (breaks) controller.error(new Error("reset"));
        else if (!hangs) controller.close();
        else return new Promise<void>(() => {});
        return undefined;
      },
      cancel() {
        seen.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, seen };
}

export const bytes = (text: string) => new TextEncoder().encode(text);
