import { callKey } from "../model/call-id.ts";
import { notAddedMessage } from "./fake-answers.ts";
import type { FakeClock } from "./fake-clock.ts";
import type { Found } from "./order-monitor.ts";
import type { TraceEvent, UntimedEvent } from "./trace.ts";

/** A call as the service has it; `id` in the spelling in which it was added. */
export type FakeCall = { readonly id: string; status: string; over: boolean };

/** The calls of a fake, and what happened to them. */
export type FakeCalls = ReturnType<typeof createCalls>;

export function createCalls(clock: FakeClock) {
  const calls = new Map<string, FakeCall>();
  const history: TraceEvent[] = [];
  const found: Found[] = [];
  const find = (id: string) => calls.get(callKey(id));
  const note = (event: UntimedEvent): void => {
    const callId = find(event.callId)?.id ?? event.callId;
    history.push({ ...event, callId, at: clock.monotonicNow() } as TraceEvent);
  };
  return {
    history,
    /** What is wrong with the run and stands in no history. */
    found,
    find,
    note,
    /** Writes it down, once for each call. */
    blame(callId: string, what: string): void {
      if (!found.some((one) => one.what === what)) found.push({ callId, at: clock.monotonicNow(), what });
    },
    /** @throws {Error} For a call that was never added. */
    get(id: string): FakeCall {
      const call = find(id);
      if (call === undefined) throw new Error(notAddedMessage(id));
      return call;
    },
    add(id: string): void {
      calls.set(callKey(id), { id, status: "notRecording", over: false });
    },
    /** False when it was over already. */
    end(call: FakeCall): boolean {
      if (call.over) return false;
      call.over = true;
      note({ type: "callGone", callId: call.id });
      return true;
    },
  };
}
