import { callKey } from "../model/call-id.ts";
import type { OperationNotification } from "../model/notification.ts";
import { Recent } from "../util/recent.ts";
import type { ClientRuntime } from "../waiting/runtime.ts";
import type { KnownOperation } from "./known-operation.ts";

/** How many operations that nobody waits for are remembered, and how long: for what comes before somebody waits, and for repeats. */
const rememberedOperations = 1_000;
const rememberedMs = 600_000;

/** The operations that a client knows of: those of reports under way, those that somebody waits for, and the last ones beside these. */
export class KnownOperations {
  readonly #monotonicNow: () => number;
  readonly #byCall = new Map<string, Set<KnownOperation>>();
  /** In the order in which they came to rest. */
  readonly #resting = new Set<KnownOperation>();
  readonly #finished = new Recent(rememberedOperations);

  constructor({ monotonicNow }: Pick<ClientRuntime, "monotonicNow">) {
    this.#monotonicNow = monotonicNow;
  }

  of(callId: string): readonly KnownOperation[] {
    return [...(this.#byCall.get(callKey(callId)) ?? [])];
  }

  add(known: KnownOperation): KnownOperation {
    const key = callKey(known.callId);
    this.#byCall.set(key, (this.#byCall.get(key) ?? new Set()).add(known));
    return known;
  }

  remove(known: KnownOperation): void {
    const key = callKey(known.callId);
    this.#resting.delete(known);
    this.#byCall.get(key)?.delete(known);
    if (this.#byCall.get(key)?.size === 0) this.#byCall.delete(key);
  }

  /** Somebody waits for it: it is not forgotten. */
  wake(known: KnownOperation): void {
    this.#resting.delete(known);
  }

  /** Nobody waits for it, or nobody any more: it is remembered for a while. */
  rest(known: KnownOperation): void {
    if (known.waiting.size > 0) return;
    known.restingSince = this.#monotonicNow();
    this.#resting.delete(known);
    this.#resting.add(known);
    this.forgetOld();
  }

  /** Graph's answer told its end already: all that may follow is a repeat, and for that its id is enough. */
  finish(known: KnownOperation): void {
    this.remove(known);
    if (known.operationKey === undefined) return;
    this.#finished.add(`${callKey(known.callId)} ${known.operationKey}`);
  }

  isFinished({ callId, operationId }: OperationNotification): boolean {
    return operationId !== undefined && this.#finished.has(`${callKey(callId)} ${callKey(operationId)}`);
  }

  forgetOld(): void {
    for (const oldest of this.#resting) {
      if (this.#resting.size <= rememberedOperations && this.#monotonicNow() - oldest.restingSince < rememberedMs) return;
      this.remove(oldest);
    }
  }
}
