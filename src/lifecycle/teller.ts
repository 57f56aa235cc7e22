import type { EndReason, RecordingOutcome } from "../model/outcome.ts";
import type { Closer } from "./closer.ts";
import type { FailureLog } from "./failure-log.ts";
import type { KeptRecording } from "./keep-recording.ts";
import { tellOf } from "./tell-of.ts";

export type TellerDeps = {
  readonly callId: string;
  readonly closer: Closer;
  readonly failures: FailureLog;
  readonly kept: Pick<KeptRecording, "settle"> | undefined;
};

/** Says how a recording ended: to the journal, to whoever waits for its outcome, and to who ended it. */
export class Teller {
  readonly #deps: TellerDeps;

  constructor(deps: TellerDeps) {
    this.#deps = deps;
  }

  /** Several errors as one; none: undefined. */
  error(errors: readonly unknown[]): unknown {
    const { callId, closer, failures } = this.#deps;
    return tellOf(errors, { callId, mayBeInEffect: closer.mayBeInEffect, given: [...failures.given, ...failures.ofJournal] });
  }

  outcome(reason: EndReason, errors: readonly unknown[] = this.#deps.failures.all): RecordingOutcome {
    const { callId, closer } = this.#deps;
    return Object.freeze({ callId, reason, reported: closer.reported, error: this.error(errors) });
  }

  /** Reports the end once more. The journal is told also when that failed: what was held for it has to be given up again. */
  async repeat(reason: EndReason): Promise<void> {
    try {
      await this.#deps.closer.repeat();
    } finally {
      await this.tellJournal(reason);
    }
  }

  /** Before anybody else hears of the end: a new recording of the call finds the journal as this one leaves it. */
  async tellJournal(reason: EndReason): Promise<void> {
    const { kept, closer, failures } = this.#deps;
    // The first outcome keeps its reason when a later `stop` finds the call gone; the journal must know that nothing is left to report.
    const outcome = this.outcome(closer.isGone ? "callEnded" : reason);
    if (kept !== undefined) failures.ofJournal.push(...(await kept.settle(outcome, closer.isUnreported)));
  }
}
