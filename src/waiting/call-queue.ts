import { callKey } from "../model/call-id.ts";
import { untilEnd } from "./lifetime.ts";

/**
 * What the service asked of a call: nothing before `at`, and the failure that said so. `isOver`: the status that it was said to has been given
 * up, and nothing waited behind it.
 */
export type NotBefore<Failure> = { readonly at: number; readonly failure: Failure; readonly isOver?: boolean };

/** One status on its way: its place among the statuses of its call. */
export type Ticket<Failure> = {
  /** Resolves when every older status of the call has left; rejects with the signal's reason when it ends first. */
  turn(signal: AbortSignal): Promise<void>;
  /** Aborted as soon as a newer status of the call waits. */
  readonly superseded: AbortSignal;
  /** Shared by all statuses of the call. */
  readonly call: CallState<Failure>;
  /** Gives way to the next. */
  leave(): void;
};

export type CallState<Failure> = {
  /** The latest wait that the service asked for: a newer status inherits what is left of it. */
  notBefore?: NotBefore<Failure> | undefined;
  /** Whether the last attempt ended without an answer, so that it may still arrive. */
  previousAttemptUnknown: boolean;
};

export type CallQueue<Failure> = {
  enter(callId: string): Ticket<Failure>;
  /** Whether a status of the call is on its way. */
  isBusy(callId: string): boolean;
};

type Waiting = { readonly call: () => void; readonly supersede: AbortController };
type Lane<Failure> = { readonly tickets: Waiting[]; readonly state: CallState<Failure> };

/** How many calls without a status on its way are remembered, because their last attempt may still arrive. */
const rememberedCalls = 10_000;

/**
 * Lets the statuses of each call leave one after another, in the order they were asked for. Calls do not wait for each other. A ticket that
 * leaves, however it ended, makes way for the next: nothing poisons the queue.
 */
export function createCallQueue<Failure>(): CallQueue<Failure> {
  const lanes = new Map<string, Lane<Failure>>();

  const settle = (key: string, lane: Lane<Failure>) => {
    lane.tickets[0]?.call();
    if (lane.tickets.length > 0) return;
    // A wait that the service asked for outlives the status that it was said to: what comes next inherits what is left of it.
    const { notBefore, previousAttemptUnknown } = lane.state;
    if (notBefore !== undefined) lane.state.notBefore = { ...notBefore, isOver: true };
    if (!previousAttemptUnknown && notBefore === undefined) lanes.delete(key);
    else if (lanes.size > rememberedCalls) forgetOldest(lanes);
  };

  return {
    isBusy: (callId) => (lanes.get(callKey(callId))?.tickets.length ?? 0) > 0,
    enter(callId) {
      const key = callKey(callId);
      const lane = lanes.get(key) ?? { tickets: [], state: { previousAttemptUnknown: false } };
      // Set anew, so that the lanes stand in the order of their last use.
      lanes.delete(key);
      lanes.set(key, lane);
      const { promise, resolve } = Promise.withResolvers<void>();
      const ticket: Waiting = { call: resolve, supersede: new AbortController() };
      // Those before it have been superseded by it already.
      lane.tickets.at(-1)?.supersede.abort();
      lane.tickets.push(ticket);
      if (lane.tickets.length === 1) resolve();
      return {
        turn: async (signal) => (lane.tickets[0] === ticket ? signal.throwIfAborted() : await untilEnd(promise, signal)),
        superseded: ticket.supersede.signal,
        call: lane.state,
        leave() {
          const place = lane.tickets.indexOf(ticket);
          if (place === -1) return;
          lane.tickets.splice(place, 1);
          settle(key, lane);
        },
      };
    },
  };
}

function forgetOldest<Failure>(lanes: Map<string, Lane<Failure>>): void {
  for (const [key, { tickets }] of lanes) {
    if (tickets.length > 0) continue;
    lanes.delete(key);
    return;
  }
}
