import { createRecordingClient } from "../../src/index.ts";
import { completed } from "./observed-client.ts";
import { createVirtualClock } from "./virtual-clock.ts";

const hour = 3_600_000;

type Day = {
  readonly hours: number;
  /** Time between one call and the next, in milliseconds. */
  readonly everyMs: number;
  /** Whether the request for a token never ends, by its count from 1 and by the time since the beginning in milliseconds. */
  readonly hangs: (count: number, sinceMs: number) => boolean;
};

/** Tokens live for a minute and are not replaced ahead of their end, so that each hang is met by calls that have none. */
export async function simulate({ hours, everyMs, hangs }: Day) {
  const clock = createVirtualClock();
  const begin = clock.runtime.now();
  const hungAt: number[] = [];
  const failures: { readonly code: string; readonly at: number; readonly afterHangMs: number }[] = [];
  let asked = 0;
  let underWay = 0;
  let mostUnderWay = 0;
  const getToken = async (_: unknown, options?: { abortSignal?: AbortSignal }) => {
    const now = clock.runtime.now();
    if (!hangs(++asked, now - begin)) return { token: `t${asked}`, expiresOnTimestamp: now + 62_000, refreshAfterTimestamp: now + hour };
    hungAt.push(now);
    mostUnderWay = Math.max(mostUnderWay, ++underWay);
    options?.abortSignal?.addEventListener("abort", () => underWay--);
    return await new Promise<never>(() => {});
  };
  const client = createRecordingClient({ credential: { getToken }, fetch: async () => completed() }, clock.runtime);
  let calls = 0;
  for (; clock.runtime.now() - begin < hours * hour; calls++) {
    const at = clock.runtime.now();
    client.updateRecordingStatus(`call-${calls}`, { status: "recording" }).catch(({ code }) => {
      const lastHang = hungAt.findLast((time) => time <= at + 5_000 && time >= at - 20_000) ?? Number.NaN;
      failures.push({ code, at: at - begin, afterHangMs: at - lastHang });
    });
    await clock.advance(everyMs);
  }
  await clock.advance(60_000);
  return { calls, asked, hung: hungAt.length, failures, mostUnderWay, left: clock.pending };
}
