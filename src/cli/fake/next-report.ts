import { callKey } from "../../model/call-id.ts";
import type { FakeStep } from "../../testing/fake-step.ts";
import type { TraceEvent } from "../../testing/trace.ts";

/** What a person can let happen to the next report of a call. */
export const choices: readonly { readonly label: string; readonly step: FakeStep }[] = [
  { label: "503, busy: a client reports again", step: { status: 503 } },
  { label: "429, throttled, Retry-After 2 s", step: { status: 429, headers: { "retry-after": "2" } } },
  { label: "403, 8506: not a policy-recording call", step: { status: 403, code: "8506" } },
  { label: "403, 7504: no consent in the tenant", step: { status: 403, code: "7504" } },
  { label: "401, the token is refused", step: { status: 401, code: "InvalidAuthenticationToken" } },
  { label: "404, 8522: the call is gone", step: { status: 404, code: "8522" } },
  { label: "200, but the operation failed", step: { operation: "failed" } },
  { label: "200, running; completed after 2 s", step: { becomes: "completed", becomesAfterMs: 2_000 } },
  { label: "200, running; failed after 2 s", step: { becomes: "failed", becomesAfterMs: 2_000 } },
  { label: "200, running, until you say more", step: { operation: "running" } },
  { label: "answered only after 3 s", step: { delayMs: 3_000 } },
  { label: "connection lost before it arrives", step: { lose: "request" } },
  { label: "connection lost after it took effect", step: { lose: "answer" } },
  { label: "no answer at all, though it took effect", step: { silent: "answer" } },
];

/** A step that was scripted, and how much had happened then. */
export type Scripted = { readonly step: FakeStep; readonly after: number };

/** The steps for which no report has come yet: each report takes the first that fits, as the fake does. */
export function waitingSteps(scripted: readonly Scripted[], history: readonly TraceEvent[]): readonly FakeStep[] {
  const left = [...scripted];
  history.forEach((event, index) => {
    if (event.type !== "report") return;
    const at = left.findIndex(({ step, after }) => after <= index && fits(step, event.callId));
    if (at >= 0) left.splice(at, 1);
  });
  return left.map(({ step }) => step);
}

function fits({ callId }: FakeStep, reported: string): boolean {
  return callId === undefined || callKey(callId) === callKey(reported);
}

/** A step in words: as it was chosen, else as it was sent. */
export function labelOf({ callId: _, ...step }: FakeStep): string {
  const text = JSON.stringify(step);
  return choices.find((choice) => JSON.stringify(choice.step) === text)?.label ?? text;
}
