import { callKey } from "../model/call-id.ts";
import { RecordingActiveError } from "../model/errors.ts";
import type { RecordingEntry } from "./entry.ts";

/** How often, by count, references to recordings that nobody holds any more are cleared away. */
const sweepAfter = 1_000;

/**
 * The recordings of a client: those that are live, one for a call at most, and those whose end Graph does not know of. And the calls whose end
 * `recoverRecordings` is reporting.
 */
export class Registry {
  readonly #byCall = new Map<string, RecordingEntry>();
  // Weak: who holds no recording any more cannot ask it to report again, and a bot may run for months.
  readonly #unreported = new Map<string, WeakRef<RecordingEntry>>();
  /** Why the end of a recording is not reported again. */
  readonly #replaced = new WeakMap<RecordingEntry, string>();
  readonly #held = new Set<string>();
  readonly #repeated = new Set<string>();
  #sweepAt = sweepAfter;

  live(): readonly RecordingEntry[] {
    return [...this.#byCall.values()];
  }

  /** @throws RECORDING_ACTIVE */
  refuseIfLive(callId: string, action: string): void {
    const key = callKey(callId);
    const isHeld = this.#held.has(key);
    if (!isHeld && !this.#byCall.has(key)) return;
    const [why, hint] = isHeld
      ? [`recoverRecordings is reporting the end of call ${callId}.`, "Try again when recoverRecordings has settled."]
      : [
          `call ${callId} has a live recording, which reports its statuses.`,
          "End it by stop(), fail() or callEnded() first; graph.recordings lists the live ones.",
        ];
    throw new RecordingActiveError(`${action} is not possible: ${why}`, { callId, hint });
  }

  /** Whether an end that was not reported may still be reported. @throws RECORDING_ACTIVE when somebody else reports the call's end */
  refuseIfReplaced(entry: RecordingEntry): void {
    const { callId } = entry.recording;
    const key = callKey(callId);
    const why = this.#replaced.get(entry) ?? (this.#byCall.has(key) ? isNewer : this.#held.has(key) ? isRecovered : undefined);
    if (why === undefined) return;
    throw new RecordingActiveError(`The end of call ${callId} is not reported again: ${why}.`, {
      callId,
      hint: "That is what counts: nothing is left to do for this recording.",
    });
  }

  add(entry: RecordingEntry): void {
    this.#byCall.set(callKey(entry.recording.callId), entry);
  }

  /** The report that it begins may be in effect: what is left of an older recording of the call is not reported any more. */
  hasBegun(entry: RecordingEntry): void {
    this.#replace(entry.recording.callId, isNewer, entry);
  }

  remove(entry: RecordingEntry, isUnreported: boolean): void {
    const key = callKey(entry.recording.callId);
    this.#byCall.delete(key);
    if (!isUnreported) return;
    this.#unreported.set(key, new WeakRef(entry));
    if (this.#unreported.size >= this.#sweepAt) this.#sweep();
  }

  /** Keeps a call for somebody who reports its end, until what is returned is called; undefined when it is live or kept already. */
  hold(callId: string): (() => void) | undefined {
    const key = callKey(callId);
    if (this.#byCall.has(key) || this.#held.has(key) || this.#repeated.has(key)) return undefined;
    this.#held.add(key);
    return () => void this.#held.delete(key);
  }

  /** The end of a recording is reported again: until what is returned is called nobody recovers its call. */
  beginRepeat(callId: string): () => void {
    const key = callKey(callId);
    this.#repeated.add(key);
    return () => void this.#repeated.delete(key);
  }

  /** The end of the call's recording was reported for it. */
  wasRecovered(callId: string): void {
    this.#replace(callId, isRecovered);
  }

  #replace(callId: string, why: string, by?: RecordingEntry): void {
    const key = callKey(callId);
    const older = this.#unreported.get(key)?.deref();
    if (older !== undefined && older !== by) this.#replaced.set(older, why);
    this.#unreported.delete(key);
  }

  #sweep(): void {
    for (const [key, entry] of this.#unreported) if (entry.deref() === undefined) this.#unreported.delete(key);
    this.#sweepAt = this.#unreported.size + sweepAfter;
  }
}

const isNewer = "a newer recording of the call has begun since";
const isRecovered = "recoverRecordings reports it";
