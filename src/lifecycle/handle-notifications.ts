import { readPayload } from "../input/read-payload.ts";
import { callKey } from "../model/call-id.ts";
import type { CallNotification, CommsNotification } from "../model/notification.ts";
import type { Waiters } from "../sending/waiters.ts";
import { Recent } from "../util/recent.ts";
import { endedCallState } from "../wire.ts";
import type { Registry } from "./registry.ts";

/** What became of a body of notifications. */
export type HandledNotifications = {
  /** The operations that somebody here waited for, and how they ended. */
  readonly settled: readonly {
    readonly callId: string;
    readonly operationId: string | undefined;
    readonly status: "completed" | "failed";
  }[];
  /**
   * What tells an end that nobody here waits for, or not any more: with several instances, hand it on to the others. It may go round as JSON:
   * `handle({ notifications: unmatched })`.
   */
  readonly unmatched: readonly CommsNotification[];
};

/** What the client does with notifications. */
export type RecordingNotifications = {
  /**
   * Takes the parsed body of a POST of Graph's, or what `parseCommsNotifications` made of one. An operation that ended settles whoever waits
   * for it: `waitForOperation`, the start or the end of a recording. One that comes before the answer to its report is kept for it. A call
   * that is over ends its recording, as `callEnded()` does.
   *
   * It trusts its caller. Anybody can post to a webhook: call it only with what `createNotificationHandler` or a verifier has let through.
   *
   * Rejects with `BAD_NOTIFICATION` for what is no body of notifications; never for one that is.
   */
  handle(payload: unknown): Promise<HandledNotifications>;
};

/** How many calls that are over are remembered at least: Graph tells it by their state, and again when it deletes them. */
const rememberedCalls = 1_000;

export function createNotifications(waiters: Waiters, registry: Registry): RecordingNotifications {
  const ended = new Recent(rememberedCalls);
  const endCall = ({ callId }: CallNotification): boolean => {
    const key = callKey(callId);
    const live = registry.live().find(({ recording }) => callKey(recording.callId) === key);
    if (live === undefined) return ended.has(key);
    live.driver.end("callEnded");
    ended.add(key);
    return true;
  };
  return {
    async handle(payload) {
      const settled: HandledNotifications["settled"][number][] = [];
      const unmatched: CommsNotification[] = [];
      for (const notification of readPayload(payload)) {
        if (notification.kind === "call") {
          if (isOver(notification) && !endCall(notification)) unmatched.push(notification);
          continue;
        }
        const received = waiters.receive(notification);
        const { status } = notification;
        if (received.as === "unmatched") unmatched.push(notification);
        if (received.as === "settled" && (status === "completed" || status === "failed"))
          settled.push({ callId: received.callId, operationId: received.operationId, status });
      }
      return { settled, unmatched };
    },
  };
}

function isOver({ status, changeType }: CallNotification): boolean {
  return changeType === "deleted" || status === endedCallState;
}
