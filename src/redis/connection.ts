import type { ClientRuntime } from "../waiting/runtime.ts";
import type { RedisJournalClient } from "./journal-options.ts";
import { closedJournal, notConnected } from "./redis-errors.ts";

/** Watches when the caller's client connects. */
export type Connection = {
  /**
   * Waits until the connection has been there for one lease and a twentieth: what an owner sent just before it died may be done a little after
   * that. A break of less than a quarter of a lease does not count: idle connections are cut, and whoever holds an entry has most of its lease
   * left then.
   * @throws JOURNAL: it is not there at first or at last, or the journal was closed
   */
  steadyForLease(): Promise<void>;
  /** Waits until it is there, for so many milliseconds at most. */
  readyWithin(limitMs: number): Promise<void>;
  /** @throws JOURNAL: the journal was closed */
  refuseIfClosed(): void;
  /** Nothing is begun any more: what waits for a steady connection ends. */
  close(): void;
  /** Stops listening. */
  leave(): void;
};

type ConnectionParts = {
  readonly client: RedisJournalClient;
  readonly leaseMs: number;
  readonly runtime: Pick<ClientRuntime, "monotonicNow" | "schedule">;
  /** Called each time when the client has connected. */
  readonly onReady: () => void;
};

const shortBreakShare = 1 / 4;
const steadyShare = 1.05;

/** Listens to the client. It listens to `error` too: the client of node-redis ends the process when nobody does. */
export function watchConnection({ client, leaseMs, runtime, onReady }: ConnectionParts): Connection {
  const { monotonicNow } = runtime;
  /** Since when it is there; while it is not, since when that is so. */
  const since = { ready: monotonicNow(), broken: client.isReady ? undefined : Number.NEGATIVE_INFINITY };
  let isClosed = false;
  const { pause, wakeAll } = createPauses(runtime);
  const ready = () => {
    const now = monotonicNow();
    if (since.broken === undefined || now - since.broken >= leaseMs * shortBreakShare) since.ready = now;
    since.broken = undefined;
    wakeAll();
    onReady();
  };
  const broken = () => {
    since.broken ??= monotonicNow();
  };
  client.on("ready", ready);
  client.on("error", broken);

  const refuseIfClosed = () => {
    if (isClosed) throw closedJournal();
  };
  return {
    async steadyForLease() {
      for (;;) {
        refuseIfClosed();
        if (!client.isReady) throw notConnected();
        const leftMs = since.ready + leaseMs * steadyShare - monotonicNow();
        if (leftMs <= 0) return;
        await pause(Math.max(1, leftMs));
      }
    },
    async readyWithin(limitMs) {
      if (!client.isReady) await pause(limitMs);
    },
    refuseIfClosed,
    close() {
      isClosed = true;
      wakeAll();
    },
    leave() {
      client.off("ready", ready);
      client.off("error", broken);
    },
  };
}

/** Pauses that can be ended early, all at once. */
function createPauses({ schedule }: Pick<ClientRuntime, "schedule">) {
  const wakers = new Set<() => void>();
  return {
    pause: (delayMs: number) =>
      new Promise<void>((resolve) => {
        const wake = () => {
          cancel();
          wakers.delete(wake);
          resolve();
        };
        const cancel = schedule(wake, delayMs);
        wakers.add(wake);
      }),
    wakeAll() {
      for (const wake of wakers) wake();
    },
  };
}
