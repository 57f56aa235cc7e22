import { JournalError } from "../model/errors.ts";
import type { ClientRuntime } from "../waiting/runtime.ts";
import type { RedisJournalClient } from "./journal-options.ts";

/** Watches when the caller's client connects. */
export type Connection = {
  /**
   * Waits until the connection has been there for so long, without a break.
   * @throws JOURNAL: it is not there at first or at last, or the journal was closed
   */
  steadyFor(durationMs: number): Promise<void>;
  /** @throws JOURNAL: the journal was closed */
  refuseIfClosed(): void;
  /** Ends every wait, and stops listening. */
  close(): void;
};

type ConnectionParts = {
  readonly client: RedisJournalClient;
  readonly runtime: Pick<ClientRuntime, "monotonicNow" | "schedule">;
  /** Called each time when the client has connected. */
  readonly onReady: () => void;
};

/** Listens to the client. It listens to `error` too: the client of node-redis ends the process when nobody does. */
export function watchConnection({ client, runtime, onReady }: ConnectionParts): Connection {
  let readyAt = runtime.monotonicNow();
  let isClosed = false;
  const wakers = new Set<() => void>();
  const ready = () => {
    readyAt = runtime.monotonicNow();
    onReady();
  };
  const ignore = () => {};
  client.on("ready", ready);
  client.on("error", ignore);

  const refuseIfClosed = () => {
    if (isClosed) throw closedJournal();
  };
  const pause = (delayMs: number) =>
    new Promise<void>((resolve) => {
      const wake = () => {
        cancel();
        wakers.delete(wake);
        resolve();
      };
      const cancel = runtime.schedule(wake, delayMs);
      wakers.add(wake);
    });
  return {
    async steadyFor(durationMs) {
      for (;;) {
        refuseIfClosed();
        if (!client.isReady) throw notConnected();
        const leftMs = readyAt + durationMs - runtime.monotonicNow();
        if (leftMs <= 0) return;
        await pause(Math.max(1, leftMs));
      }
    },
    refuseIfClosed,
    close() {
      isClosed = true;
      client.off("ready", ready);
      client.off("error", ignore);
      for (const wake of wakers) wake();
    },
  };
}

/** The error of what needs a connection that is not there. */
export function notConnected(): JournalError {
  const hint = "Wait until its client is ready; the client's error event tells why it is not.";
  return new JournalError("Redis is not connected.", { hint });
}

function closedJournal(): JournalError {
  return new JournalError("The journal is closed.", { hint: "Close the client first, and then its journal." });
}
