import type { CallOptions } from "../input/call-input.ts";
import { callKey } from "../model/call-id.ts";
import { BadInputError, closedError, DeadlineError } from "../model/errors.ts";
import type { RecordingOutcome } from "../model/outcome.ts";
import type { Call, Ledger } from "../sending/ledger.ts";
import { isHeld, type Page } from "../sending/page.ts";
import type { Claimed } from "../sending/sort-orphans.ts";
import { beginLifetime } from "../waiting/lifetime.ts";
import { announceEnd, type LifecycleServices } from "./announce.ts";
import { Closer } from "./closer.ts";
import { keepOrphan } from "./keep-recording.ts";
import { tellOf } from "./tell-of.ts";

const action = "recoverRecordings";

/**
 * Reports the ends that nobody has reported: of recordings whose process died, and of those whose closing report failed. What is live here is
 * left alone, and while a call's end is reported nothing else of it is sent. A call that is reported is not handed out again.
 */
export async function recoverRecordings(shared: LifecycleServices, options: CallOptions): Promise<readonly RecordingOutcome[]> {
  const { ledger, settings } = shared.services;
  if (ledger === undefined)
    throw new BadInputError(`${action}: this client has no journal. Make it by createRecordingClient({ journal, … }).`);
  const { pages: claimed, problems } = await claim(shared, ledger, options);
  const left = [...Map.groupBy(claimed, ({ entry }) => callKey(entry.callId)).values()].map(
    (pages) => () => recoverCall(shared, ledger, pages, options),
  );
  left.push(...ledger.owed.map((call) => () => recoverOwed(shared, ledger, call, options)));
  const outcomes = problems.map((error): RecordingOutcome => unreported(error.callId ?? "", error));
  // No more at once than there are slots: the deadline of each counts from when it begins, and not from when the first did.
  const worker = async () => {
    for (let recover = left.shift(); recover !== undefined; recover = left.shift()) {
      const outcome = await recover();
      if (outcome !== undefined) outcomes.push(outcome);
    }
  };
  await Promise.all(Array.from({ length: Math.min(left.length, settings.maxConcurrency) }, worker));
  return outcomes;
}

/** @throws JOURNAL, ABORTED, CLOSED or DEADLINE */
async function claim({ services, clientEnd }: LifecycleServices, ledger: Ledger, options: CallOptions): Promise<Claimed> {
  const { runtime, settings } = services;
  const { signal: userSignal, deadlineMs = settings.deadlineMs } = options;
  const lifetime = beginLifetime(runtime, {
    limitMs: deadlineMs,
    onLimit: () => new DeadlineError(`${action}: the journal did not say within ${deadlineMs} ms which recordings were left behind.`),
    ending: { of: clientEnd, error: () => closedError() },
    userSignal,
  });
  try {
    lifetime.signal.throwIfAborted();
    return await ledger.claim(lifetime.signal);
  } finally {
    lifetime.dispose();
  }
}

type Pages = readonly [Page, ...Page[]];

/** Undefined when the call is live here, or a report of it is under way: then it is not an orphan any more, or one for the next time. */
async function recoverCall(
  shared: LifecycleServices,
  ledger: Ledger,
  pages: readonly Page[],
  options: CallOptions,
): Promise<RecordingOutcome | undefined> {
  const { registry, clientEnd } = shared;
  const [first] = pages as Pages;
  const { callId } = first.entry;
  const isLive = isLiveHere(shared, ledger, callId);
  const free = isLive || clientEnd.hasCome ? undefined : registry.hold(callId);
  if (free === undefined) {
    // All but that which this client holds: what was claimed is held by nobody else.
    const here = ledger.of(callId);
    const others = pages.filter(({ entry }) => !isHeld(here) || entry.id !== here.entry.id);
    await Promise.all(others.map((page) => ledger.release(page)));
    return clientEnd.hasCome ? unreported(callId, closedError(callId)) : undefined;
  }
  try {
    ledger.adopt(first);
    return await reportEnd(shared, ledger, pages, options);
  } finally {
    free();
  }
}

/** What this client's own late report may have left: written down anew, unless another process records the call. Then it stays owed. */
async function recoverOwed(
  shared: LifecycleServices,
  ledger: Ledger,
  call: Call,
  options: CallOptions,
): Promise<RecordingOutcome | undefined> {
  const isRecovered = !ledger.owed.includes(call);
  const isTaken = isRecovered || isLiveHere(shared, ledger, call.callId) || shared.clientEnd.hasCome;
  const free = isTaken ? undefined : shared.registry.hold(call.callId);
  if (free === undefined) return undefined;
  try {
    const { signal = new AbortController().signal } = options;
    const page = await ledger.open(call, signal).catch(() => undefined);
    return page && (await reportEnd(shared, ledger, [page], options));
  } finally {
    free();
  }
}

/** Whether this client records the call, or reports of it. */
function isLiveHere({ queue }: LifecycleServices, ledger: Ledger, callId: string): boolean {
  return queue.isBusy(callId) || isHeld(ledger.of(callId));
}

function unreported(callId: string, error: unknown): RecordingOutcome {
  return Object.freeze({ callId, reason: "recovered", reported: undefined, error });
}

/** By the same way, with the same patience, as the end of a recording. */
async function reportEnd(
  shared: LifecycleServices,
  ledger: Ledger,
  pages: readonly Page[],
  options: CallOptions,
): Promise<RecordingOutcome> {
  const { rules, registry } = shared;
  const [first] = pages as Pages;
  const { callId, tenantId } = first.entry;
  const closer = new Closer({
    rules,
    report: (status) => {
      const end = { action: `${action}(${status})`, status, signal: options.signal, keeping: keepOrphan(first) };
      return announceEnd(shared, { callId, options: { ...options, tenantId } }, end);
    },
    beginAgain: () => () => {},
  });
  const failure = await closer.close("failed");
  const reason = closer.isGone ? "callEnded" : "recovered";
  const tell = (errors: readonly unknown[]): RecordingOutcome => {
    const error = tellOf(errors, { callId, mayBeInEffect: closer.mayBeInEffect, given: [] });
    return Object.freeze({ callId, reason, reported: closer.reported, error });
  };
  const errors = failure === undefined ? [] : [failure.error];
  const settle = (page: Page) => (closer.isUnreported ? ledger.release(page) : ledger.close(page, tell(errors)));
  const missed = await Promise.all(pages.map(settle));
  if (!closer.isUnreported) registry.wasRecovered(callId);
  return tell([...errors, ...missed.flat()]);
}
