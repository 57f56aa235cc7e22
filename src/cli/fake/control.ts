import { readUpdate } from "../../input/call-input.ts";
import { callKey } from "../../model/call-id.ts";
import type { createWatchedFake } from "../../testing/fake-graph.ts";
import type { FakeStep } from "../../testing/fake-step.ts";
import { type Bag, isBag } from "../../util/own.ts";
import { showError } from "../../util/show-error.ts";
import type { Scripted } from "./next-report.ts";
import type { Notifier } from "./notifier.ts";
import { type Added, type FakeView, viewOf } from "./view.ts";

/** What came of a request to change something: undefined, or why nothing was changed. */
export type Done = string | undefined;

/** What a person, or a program by the same way, can do to the fake. */
export type Control = {
  view(): FakeView;
  /** By the last part of the path: `POST /fake/add`. */
  readonly actions: { readonly [name: string]: (body: Bag) => Done };
};

export type ControlOptions = ReturnType<typeof createWatchedFake> & {
  readonly notifier: Notifier | undefined;
  readonly notify: string | undefined;
  /** When the fake's monotonic clock stood at zero, in milliseconds since the epoch. */
  readonly epoch: number;
};

export function createControl(options: ControlOptions): Control {
  const { fake, operations, violationsSoFar, notifier, notify, epoch } = options;
  const calls: Added[] = [];
  const scripted: Scripted[] = [];
  const idOf = (id: string) => calls.find((one) => callKey(one.id) === callKey(id))?.id;
  const view = () => {
    const isPending = (id: string) => operations.pendingOf(id) !== undefined;
    const delivered = notifier?.delivered ?? [];
    return viewOf({ fake, notify, calls, scripted, delivered, violationsSoFar: violationsSoFar(), isPending, epoch });
  };
  const known = (body: Bag, act: (id: string) => Done): Done => {
    const { callId } = body;
    if (typeof callId !== "string") return 'Say which call: { "callId": "…" }.';
    const id = idOf(callId);
    return id === undefined ? `There is no call ${JSON.stringify(callId)}: add it first.` : act(id);
  };
  const script = (step: unknown, more: object): Done =>
    refused(() => {
      if (!isBag(step)) throw new Error('Say what is to happen: { "step": { "status": 503 } }.');
      const whole: FakeStep = { ...step, ...more };
      fake.script(whole);
      scripted.push({ step: whole, after: fake.history.length });
    });
  const add = ({ callId }: Bag): Done =>
    refused(() => {
      const { callId: id } = readUpdate(callId, { status: "notRecording" });
      const at = calls.findIndex((one) => callKey(one.id) === callKey(id));
      if (at >= 0 && !view().calls.some((call) => callKey(call.id) === callKey(id) && call.isOver))
        throw new Error("There is such a call already: end it first.");
      fake.addCall(id);
      // One that is over begins anew, as the newest.
      calls.splice(at < 0 ? calls.length : at, 1);
      calls.push({ id, since: fake.history.length });
    });
  return {
    view,
    actions: {
      add,
      end: (body) => known(body, (id) => refused(() => fake.endCall(id))),
      /** What is to happen to the next report of a call; without a call, of any. */
      script: (body) => (body.callId === undefined ? script(body.step, {}) : known(body, (callId) => script(body.step, { callId }))),
      settle: (body) => known(body, (id) => settle(options, id, body.becomes)),
      again: (body) => known(body, (id) => again(options, id)),
    },
  };
}

/** Ends the pending operation of a call, which tells a bot that listens. */
function settle({ operations }: ControlOptions, id: string, becomes: unknown): Done {
  if (becomes !== "completed" && becomes !== "failed") return 'Say what it becomes: { "becomes": "completed" } or "failed".';
  const operation = operations.pendingOf(id);
  if (operation === undefined) return "The call has no operation that is pending.";
  operations.end(operation, becomes);
  return undefined;
}

/** Sends the last notification of a call once more, as Graph may. */
function again({ notifier }: ControlOptions, id: string): Done {
  if (notifier === undefined) return "Start the fake with --notify URL: the bot's webhook.";
  return notifier.again(id) ? undefined : "No notification was sent of this call yet.";
}

/** What the library refuses is told as it says it. */
function refused(act: () => void): Done {
  try {
    act();
    return undefined;
  } catch (error) {
    return showError(error).replace(/^(updateRecordingStatus|script)( \(call "[^"]*"\))?: /, "");
  }
}
