import type { ClientRuntime } from "../waiting/runtime.ts";
import type { FakePollStep, FakeStep } from "./fake-step.ts";

type Delivery<T> = {
  readonly clock: Pick<ClientRuntime, "schedule">;
  readonly step: Pick<FakeStep & FakePollStep, "delayMs" | "lose" | "silent">;
  readonly signal: AbortSignal | undefined;
  /** The request reaches the service. */
  readonly arrive: () => T;
  /** It does not. */
  readonly getLost: () => void;
  /** The answer leaves the service. */
  readonly answer: (arrived: T) => Response;
};

/**
 * A request's way to the service and back, as the step says.
 * @throws {TypeError} The connection failed, as `fetch` tells it; else the signal's reason.
 */
export async function deliver<T>({ clock, step, signal, arrive, getLost, answer }: Delivery<T>): Promise<Response> {
  const { delayMs = 0, lose, silent } = step;
  if (lose === "request" || silent === "request") getLost();
  if (lose === "request") throw reset("before the request");
  if (silent === "request") return waitFor(clock, Number.POSITIVE_INFINITY, signal);
  const arrived = arrive();
  if (silent === "answer") return waitFor(clock, Number.POSITIVE_INFINITY, signal);
  if (delayMs > 0) await waitFor(clock, delayMs, signal);
  if (lose === "answer") throw reset("before the answer");
  return answer(arrived);
}

function reset(when: string): TypeError {
  return new TypeError("fetch failed", { cause: new Error(`The connection was reset ${when}.`) });
}

/** Waits on the fake's clock, or until the signal ends it, as `fetch` does. */
function waitFor(clock: Delivery<unknown>["clock"], ms: number, signal: AbortSignal | undefined): Promise<never> {
  return new Promise<never>((resolve, reject) => {
    const cancel = ms === Number.POSITIVE_INFINITY ? () => {} : clock.schedule(resolve as () => void, ms);
    const onAbort = () => {
      cancel();
      reject(signal?.reason);
    };
    if (signal?.aborted) onAbort();
    else signal?.addEventListener("abort", onAbort, { once: true });
  });
}
