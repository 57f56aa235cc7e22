import { AbortedError, ClosedError, isOurs, type JournalError, type RecordingStatusError } from "../model/errors.ts";
import type { EndReason } from "../model/outcome.ts";
import { Effect } from "../sending/effect.ts";
import { after, recordOutcome } from "../sending/record-attempt.ts";
import { onAbort } from "../waiting/lifetime.ts";
import type { ReportableStatus } from "../wire.ts";
import { announce, announceEnd, type LifecycleServices } from "./announce.ts";
import { createEntry, type RecordingEntry } from "./entry.ts";
import { type KeptRecording, keepRecording } from "./keep-recording.ts";
import type { RecordingInput } from "./recording-options.ts";
import { tellOf } from "./tell-of.ts";

/**
 * Starts a recording: reports `recording`, waits for a final `completed`, runs `recorder.start`, and resolves with the live recording. When it
 * rejects nothing is left behind: what may be in effect was closed, what may have begun was stopped.
 */
export async function startRecording(shared: LifecycleServices, input: RecordingInput, action: string): Promise<RecordingEntry> {
  const effect = new Effect();
  const clientContext = input.clientContext ?? shared.services.runtime.randomUUID();
  orRecord(shared, input, { status: "recording", clientContext }, () => {
    shared.refuseIfClosed(input.callId);
    shared.registry.refuseIfLive(input.callId, action);
  });
  const entry = enter(shared, input, effect);
  const { driver, kept } = entry;
  try {
    const { signal } = driver;
    const start = { action, status: "recording", clientContext, signal, effect, keeping: kept?.opening } as const;
    const operation = await announce(shared, input, start);
    shared.registry.hasBegun(entry);
    entry.confirm(operation);
    await driver.begin(operation);
  } catch (error) {
    if (effect.mayBe) shared.registry.hasBegun(entry);
    await driver.giveUp(mayStand(error, effect), error);
  }
  if (driver.phase === "recording") return entry;
  const errors = await startErrors(entry, input);
  const mayBeInEffect = effect.mayBe && driver.mayStillShow;
  tellMissed(shared, input, driver.failures.ofJournal, { clientContext, attempt: effect.attempts });
  throw tellOf(errors, { callId: input.callId, mayBeInEffect, subject: '"recording"', given: driver.failures.given });
}

/** Nobody gets an outcome of a start that is refused, so the trail tells what the journal could not take. */
function tellMissed(
  { services }: LifecycleServices,
  { callId, options }: RecordingInput,
  missed: readonly JournalError[],
  { clientContext, attempt }: { readonly clientContext: string; readonly attempt: number },
): void {
  const subject = { callId, tenantId: options.tenantId, status: "recording", clientContext } as const;
  for (const { code } of missed) recordOutcome(services.tell, subject, code, services.runtime.now(), after(attempt));
}

/** What is no error of ours comes from where nobody expected it: nothing is known. */
function mayStand(error: unknown, effect: Effect): boolean {
  return !isOurs(error) || effect.mayBe;
}

/** Lists the recording, and lets the caller's signal end it. */
function enter(
  shared: LifecycleServices,
  input: RecordingInput,
  effect: Effect,
): ReturnType<typeof createEntry> & { readonly kept: KeptRecording | undefined } {
  const { services, registry, rules, refuseIfClosed } = shared;
  const { callId, recorder, startTimeoutMs, stopTimeoutMs, options } = input;
  const { ledger } = services;
  const kept = ledger && keepRecording(ledger, { callId, tenantId: options.tenantId }, effect, () => entry.driver.lose());
  const entry = createEntry({
    callId,
    recorder,
    runtime: services.runtime,
    rules,
    startTimeoutMs,
    stopTimeoutMs,
    userSignal: options.signal,
    kept,
    report: (status, signal) =>
      announceEnd(shared, input, { action: `updateRecordingStatus(${status})`, status, signal, keeping: kept?.closing }),
    beginAgain(status) {
      orRecord(shared, input, { status, clientContext: undefined }, () => {
        refuseIfClosed(callId);
        registry.refuseIfReplaced(entry);
      });
      return registry.beginRepeat(callId);
    },
    track: shared.track,
    onEnded: (unreported) => {
      registry.remove(entry, unreported);
      unfollow?.();
    },
  });
  const abort = () => entry.driver.end("aborted");
  const unfollow = options.signal && onAbort(options.signal, abort);
  registry.add(entry);
  if (options.signal?.aborted) abort();
  return { ...entry, kept };
}

/** Asks whether a report may be made at all; the trail tells a refusal, too. @throws what `refuse` throws */
function orRecord(
  { services }: LifecycleServices,
  { callId, options }: RecordingInput,
  { status, clientContext }: { readonly status: ReportableStatus; readonly clientContext: string | undefined },
  refuse: () => void,
): void {
  try {
    refuse();
  } catch (error) {
    const subject = { callId, tenantId: options.tenantId, status, clientContext };
    recordOutcome(services.tell, subject, (error as RecordingStatusError).code, services.runtime.now(), after(0));
    throw error;
  }
}

/** What `startRecording` rejects with once everything is closed. */
async function startErrors({ driver, recording }: RecordingEntry, { options: { signal } }: RecordingInput): Promise<unknown[]> {
  const { callId } = recording;
  const { reason: lastReason } = await recording.ended;
  const { error } = driver;
  const reason = driver.firstReason ?? lastReason;
  const why: { readonly [R in EndReason]?: () => RecordingStatusError } = {
    aborted: () => new AbortedError("The recording was aborted by its signal while it was starting.", { callId, cause: signal?.reason }),
    closed: () => new ClosedError("The client was closed while the recording was starting.", { callId, cause: error }),
  };
  const made = why[reason]?.();
  if (made !== undefined) return error === undefined || reason === "closed" ? [made] : [made, error];
  return [error ?? new AbortedError(`The recording was ended (${reason}) while it was starting.`, { callId })];
}
