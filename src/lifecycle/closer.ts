import { withEffect } from "../model/effect.ts";
import { isOurs } from "../model/errors.ts";
import type { ClosingStatus } from "../model/outcome.ts";
import type { LifecycleRules } from "./rules.ts";

export type CloserDeps = {
  readonly rules: LifecycleRules;
  /** Sends a closing status; resolves when Graph has confirmed it. The signal ends it: the call is gone. */
  readonly report: (status: ClosingStatus, signal: AbortSignal) => Promise<unknown>;
  /** Throws when an end that was not reported may not be reported again; else keeps the call for it, until what it returns is called. */
  readonly beginAgain: (status: ClosingStatus) => () => void;
};

/** What a closing report failed with. */
export type ReportFailure = { readonly error: unknown };

/** Brings the closing status to Graph, again when somebody asks for it, and knows what became of it. */
export class Closer {
  readonly #deps: CloserDeps;
  #decided: ClosingStatus | undefined;
  #reported: ClosingStatus | undefined;
  #firstFailure: ReportFailure | undefined;
  readonly #gone = new AbortController();
  #mayBeInEffect = false;
  #repeating: Promise<ReportFailure | undefined> | undefined;

  constructor(deps: CloserDeps) {
    this.#deps = deps;
  }

  /** What Graph has confirmed. */
  get reported(): ClosingStatus | undefined {
    return this.#reported;
  }

  /** Whether the call is gone, by Graph's word or the caller's. */
  get isGone(): boolean {
    return this.#gone.signal.aborted;
  }

  /** Whether the closing status may be in effect. */
  get mayBeInEffect(): boolean {
    return this.#mayBeInEffect;
  }

  /** Whether an end was decided that Graph does not know of. */
  get isUnreported(): boolean {
    return this.#decided !== undefined && this.#reported === undefined && !this.isGone;
  }

  /** Whether a report that failed at first was made good. */
  get isMadeGood(): boolean {
    return this.#firstFailure !== undefined && (this.#reported !== undefined || this.isGone);
  }

  callIsGone(): void {
    this.#gone.abort();
  }

  async close(status: ClosingStatus): Promise<ReportFailure | undefined> {
    this.#decided = status;
    this.#firstFailure = await this.#send(status, false);
    return this.#firstFailure;
  }

  /** Sends the decided status once more; who asks meanwhile gets the same. @throws CLOSED, RECORDING_ACTIVE, or what it failed with */
  async repeat(): Promise<void> {
    if (this.#decided === undefined) return;
    this.#repeating ??= this.#again(this.#decided);
    const failure = await this.#repeating;
    if (failure !== undefined) throw withEffect(failure.error, this.#mayBeInEffect);
  }

  async #again(decided: ClosingStatus): Promise<ReportFailure | undefined> {
    try {
      const free = this.#deps.beginAgain(decided);
      return await this.#send(decided, true).finally(free);
    } catch (error) {
      return { error };
    } finally {
      this.#repeating = undefined;
    }
  }

  /** Without the failure that was made good. */
  remaining(errors: readonly unknown[]): readonly unknown[] {
    return errors.filter((error) => !this.isMadeGood || error !== this.#firstFailure?.error);
  }

  /** A call that is gone needs no report: that is an outcome, not a failure. */
  async #send(decided: ClosingStatus, again: boolean): Promise<ReportFailure | undefined> {
    const status = this.#deps.rules.sends(decided, again);
    if (status === undefined) return undefined;
    try {
      await this.#deps.report(status, this.#gone.signal);
      this.#reported = status;
      this.#mayBeInEffect = true;
      return undefined;
    } catch (error) {
      this.#mayBeInEffect ||= isOurs(error) && error.mayBeInEffect;
      if (this.#deps.rules.saysGone(error)) this.callIsGone();
      return this.isGone ? undefined : { error };
    }
  }
}
