import { withEffect } from "../model/effect.ts";
import { RecordingStatusError } from "../model/errors.ts";
import type { LifecycleRules } from "./rules.ts";
import type { ClosingStatus } from "./state.ts";

type CloserDeps = {
  readonly rules: LifecycleRules;
  /** Sends a closing status; resolves when Graph has confirmed it. */
  readonly report: (status: ClosingStatus) => Promise<unknown>;
  /** Throws when an end that was not reported may not be reported again. */
  readonly mayReportAgain: () => void;
};

/** What a closing report failed with. */
export type ReportFailure = { readonly error: unknown };

/** Brings the closing status to Graph, again when somebody asks for it, and knows what became of it. */
export function createCloser({ rules, report, mayReportAgain }: CloserDeps) {
  let decided: ClosingStatus | undefined;
  let reported: ClosingStatus | undefined;
  let firstFailure: ReportFailure | undefined;
  let isGone = false;
  let mayBeInEffect = false;
  let repeating: Promise<ReportFailure | undefined> | undefined;

  /** A call that is gone needs no report: that is an outcome, not a failure. */
  const send = async (status: ClosingStatus): Promise<ReportFailure | undefined> => {
    try {
      await report(status);
      reported = status;
      mayBeInEffect = true;
      return undefined;
    } catch (error) {
      mayBeInEffect ||= error instanceof RecordingStatusError && error.mayBeInEffect;
      isGone ||= rules.saysGone(error);
      return isGone ? undefined : { error };
    }
  };

  return {
    get reported() {
      return reported;
    },
    get isGone() {
      return isGone;
    },
    get mayBeInEffect() {
      return mayBeInEffect;
    },
    /** Whether an end was decided that Graph does not know of. */
    get isUnreported() {
      return decided !== undefined && reported === undefined && !isGone;
    },
    /** Whether a report that failed at first was made good. */
    get isMadeGood() {
      return firstFailure !== undefined && (reported !== undefined || isGone);
    },
    callIsGone: () => {
      isGone = true;
    },
    async close(status: ClosingStatus): Promise<ReportFailure | undefined> {
      decided = status;
      firstFailure = await send(status);
      return firstFailure;
    },
    /** Sends the decided status once more; who asks meanwhile gets the same. @throws CLOSED, RECORDING_ACTIVE, or what it failed with */
    async repeat(): Promise<void> {
      mayReportAgain();
      if (decided === undefined) return;
      repeating ??= send(decided).finally(() => {
        repeating = undefined;
      });
      const failure = await repeating;
      if (failure !== undefined) throw withEffect(failure.error, mayBeInEffect);
    },
    /** Without the failure that was made good. */
    remaining(errors: readonly unknown[]): readonly unknown[] {
      return errors.filter((error) => !this.isMadeGood || error !== firstFailure?.error);
    },
  };
}
