import { callKey } from "../../model/call-id.ts";
import type { FakeGraph } from "../../testing/fake-graph.ts";
import type { FakeStep } from "../../testing/fake-step.ts";
import type { TraceEvent } from "../../testing/trace.ts";
import { labelOf, type Scripted, waitingSteps } from "./next-report.ts";
import type { Delivered } from "./notifier.ts";
import { type Line, tellEvent } from "./tell-event.ts";

/** What the page shows of a call. */
export type CallView = {
  readonly id: string;
  /** The status that is in effect. */
  readonly status: string;
  readonly isOver: boolean;
  /** Its last operation waits for its end. */
  readonly isPending: boolean;
  /** What is to happen to its next reports. */
  readonly steps: readonly string[];
  readonly lines: readonly Line[];
  /** Lines before those, which are not shown. */
  readonly left: number;
  /** Notifications that were sent of it. */
  readonly notified: number;
};

/** What the page shows. */
export type FakeView = {
  readonly baseUrl: string;
  readonly notify: string | null;
  readonly calls: readonly CallView[];
  /** What is wrong, whatever comes. */
  readonly violations: readonly string[];
  /** What would be wrong if the bot were done now. */
  readonly ifDone: readonly string[];
};

/** A call that was added, and how much had happened then. */
export type Added = { readonly id: string; readonly since: number };

/** What a view is made of. */
export type Viewed = {
  readonly fake: FakeGraph;
  readonly notify: string | undefined;
  /** The calls that were added, the newest last. */
  readonly calls: readonly Added[];
  readonly scripted: readonly Scripted[];
  readonly delivered: readonly Delivered[];
  readonly violationsSoFar: readonly string[];
  readonly isPending: (callId: string) => boolean;
  /** When the fake's monotonic clock stood at zero, in milliseconds since the epoch. */
  readonly epoch: number;
};

/** The most lines of a call that are shown. */
const mostLines = 200;

/** Everything that the page shows, at this moment. */
export function viewOf(viewed: Viewed): FakeView {
  const { fake, notify, calls, violationsSoFar } = viewed;
  const known = new Set(violationsSoFar);
  // Once for all calls: a page asks twice a second, and bots wait meanwhile.
  const events = Map.groupBy(fake.history.entries(), ([, { callId }]) => callKey(callId));
  const waiting = waitingSteps(viewed.scripted, fake.history);
  return {
    baseUrl: fake.baseUrl,
    notify: notify ?? null,
    calls: calls.toReversed().map((call) => viewCall(viewed, call, events.get(callKey(call.id)) ?? [], waiting)),
    violations: violationsSoFar,
    ifDone:
      fake.history.length === 0
        ? []
        : fake
            .violations()
            .filter((sentence) => !known.has(sentence))
            .map(withoutTime),
  };
}

/** They count until now, which is another time whenever somebody looks. */
function withoutTime(sentence: string): string {
  return sentence.replace(/ at \d+ ms: /, ": ");
}

/** `numbered`: what happened to the call, each with its place in the history. */
function viewCall(
  { fake, delivered, isPending, epoch }: Viewed,
  { id, since }: Added,
  numbered: readonly (readonly [number, TraceEvent])[],
  waiting: readonly FakeStep[],
): CallView {
  const isOfCall = ({ callId }: { readonly callId: string }) => callKey(callId) === callKey(id);
  const sent = delivered.filter(isOfCall);
  const lines: Line[] = [
    ...numbered.map(([, event]) => ({ at: event.at + epoch, ...tellEvent(event) })),
    ...sent.map(({ at, what, answer, isTaken }) => ({
      at,
      who: "Graph",
      what: `posts: ${what}. ${answer}`,
      tone: isTaken ? ("good" as const) : ("bad" as const),
    })),
  ].toSorted((one, other) => one.at - other.at);
  return {
    id,
    status: fake.statusOf(id) ?? "notRecording",
    isOver: isOver(numbered.flatMap(([at, event]) => (at >= since ? [event] : []))),
    isPending: isPending(id),
    steps: waiting.filter(({ callId }) => callId === undefined || isOfCall({ callId })).map(labelOf),
    lines: lines.slice(-mostLines),
    left: Math.max(0, lines.length - mostLines),
    notified: sent.length,
  };
}

/** Over, unless a report has taken effect since. */
function isOver(events: readonly TraceEvent[]): boolean {
  const last = events.findLast((event) => event.type === "callGone" || (event.type === "report" && event.applied));
  return last?.type === "callGone";
}
