// Rejections that nobody handles, seen before the test runner sees them.

export type UnhandledWatch = {
  /** What was raised since the last time. */
  take(): unknown[];
  stop(): void;
};

/** While it watches, the process's own listeners rest: what is raised is a fault of the run in which it was raised. */
export function watchUnhandled(): UnhandledWatch {
  const raised: unknown[] = [];
  const events = ["unhandledRejection", "uncaughtException"] as const;
  const note = (error: unknown) => void raised.push(error);
  const others = events.map((event) => process.listeners(event as "uncaughtException"));
  for (const event of events) {
    process.removeAllListeners(event);
    process.on(event as "uncaughtException", note);
  }
  return {
    take: () => raised.splice(0),
    stop() {
      for (const [index, event] of events.entries()) {
        process.off(event as "uncaughtException", note);
        for (const listener of others[index] ?? []) process.on(event as "uncaughtException", listener);
      }
    },
  };
}
