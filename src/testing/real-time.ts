// Turns of the event loop and pauses in real time, for a clock that stands still: what they wait for is I/O that really happens.

/** Whether a test runner has put its own in the place of a global: sinon's have a `clock`, jest's old ones are mocks. */
const isFaked = (timer: unknown): boolean =>
  typeof timer !== "function" || Object.hasOwn(timer, "clock") || Object.hasOwn(timer, "_isMockFunction");

// Looked up once, when the module is loaded: a test may put fake ones in their place later.
const { setImmediate, setTimeout, MessageChannel } = globalThis as Partial<Pick<typeof globalThis, "setTimeout" | "MessageChannel">> & {
  setImmediate?: (callback: () => void) => unknown;
};
const { performance } = globalThis as { readonly performance?: Performance };
const now = performance?.now;

let pauses = 0;

/** Goes once round the event loop: I/O that has finished is told. */
export const turn: () => Promise<void> = isFaked(setImmediate)
  ? turnByMessage()
  : () => new Promise<void>((resolve) => void setImmediate?.(() => resolve()));

/** Lets about a millisecond of real time pass. */
export const pause: () => Promise<void> = isFaked(setTimeout)
  ? sleepAndTurn
  : () => {
      pauses++;
      return new Promise<void>((resolve) => void setTimeout?.(() => resolve(), 1));
    };

/** For where timers are fake from the start (jest's `enableGlobally`), or where there is no `setImmediate`: nobody fakes a message. */
function turnByMessage(): () => Promise<void> {
  if (MessageChannel === undefined) return () => new Promise<void>((resolve) => void setTimeout?.(() => resolve(), 0));
  return () =>
    new Promise<void>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        // An open port would keep the process alive.
        port1.close();
        resolve();
      };
      port2.postMessage(undefined);
    });
}

// A fake `performance.now` cannot be told from a real one; it comes with fake timers.
const isNowFaked = now === undefined || isFaked(setTimeout) || isFaked(setImmediate);

/** Real time in milliseconds, from any moment; where that is fake, the pauses so far. */
export const realNow: () => number = isNowFaked ? () => pauses : () => Reflect.apply(now as () => number, performance, []);

async function sleepAndTurn(): Promise<void> {
  pauses++;
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
  } catch {
    // Where a thread may not sleep, turns have to do.
  }
  await turn();
}

/** The part of Node's `process` that tells what is under way. */
type Process = { readonly getActiveResourcesInfo?: () => readonly string[] };
const process = (globalThis as { readonly process?: Process }).process;

/** Requests that the runtime has made and that are not answered: files, names, connects, writes. Not: open sockets, timers, the thread pool. */
const requests = /Req|(Connect|Write|Shutdown|Send)Wrap/i;

/** What Node says is under way; nothing where the runtime has no such function, or one that only throws (workerd). */
function activeResources(): readonly string[] {
  try {
    return process?.getActiveResourcesInfo?.() ?? [];
  } catch {
    return [];
  }
}

/** What of real I/O can be seen under way, by its names; always empty where the runtime does not tell. */
export function seeRealIo(): string[] {
  return activeResources().filter((name) => requests.test(name));
}

/** Connections and child processes that are open, idle or not. */
export function countSockets(): number {
  return activeResources().filter((name) => /^(TCPSocket|TLS|Pipe|UDP|Process)Wrap$/i.test(name)).length;
}

/** How much I/O the event loop has been told of since the process began; undefined where the runtime does not count. */
export function countIoEvents(): number | undefined {
  const { nodeTiming } = (performance ?? {}) as { readonly nodeTiming?: { readonly uvMetricsInfo?: { readonly events: number } } };
  return nodeTiming?.uvMetricsInfo?.events;
}
