import { withEffect } from "../model/effect.ts";
import { NotPermittedError, RecorderFailedError } from "../model/errors.ts";
import type { RecordingOperation } from "../model/operation.ts";
import { showError } from "../util/show-error.ts";
import type { ClientRuntime } from "../waiting/runtime.ts";
import { type Budget, createBudget } from "./budget.ts";
import { createCloser } from "./closer.ts";
import { isObedience } from "./obedience.ts";
import { combine, type RecordingOutcome } from "./outcome.ts";
import { createPassages, type Passages } from "./passages.ts";
import type { Recorder } from "./recorder.ts";
import type { LifecycleRules, WorkKind } from "./rules.ts";
import { type ClosingStatus, type EndReason, nextState, type RecordingEvent, type RecordingState } from "./state.ts";
import { windDown } from "./wind-down.ts";
import { createWorks } from "./work.ts";

/** What the driver of a recording needs. */
export type DriverDeps = {
  readonly callId: string;
  readonly recorder: Recorder;
  readonly runtime: ClientRuntime;
  readonly rules: LifecycleRules;
  readonly startTimeoutMs: number;
  readonly stopTimeoutMs: number;
  /** The signal by which the caller may end the recording. */
  readonly userSignal: AbortSignal | undefined;
  /** Sends the closing status, in its turn, with a deadline of its own. */
  readonly report: (status: ClosingStatus) => Promise<unknown>;
  /** Throws when an end that was not reported may not be reported again. */
  readonly mayReportAgain: () => void;
  /** Told once, when the recording has ended; and whether its end still has to be reported. */
  readonly onEnded: (unreported: boolean) => void;
};

/** What moves a recording from its first report to its last. */
export type Driver = ReturnType<typeof createDriver>;

export function createDriver(deps: DriverDeps) {
  const { callId, recorder, runtime, rules } = deps;
  const over = new AbortController();
  const ended = Promise.withResolvers<RecordingOutcome>();
  const works = createWorks();
  /** What the caller said failed, and what failed while ending. */
  const failures: unknown[] = [];
  const problems: unknown[] = [];
  const closer = createCloser(deps);
  let state: RecordingState = { phase: "reporting" };
  let firstReason: EndReason | undefined;
  let winding: Promise<void> | undefined;
  let budget: Budget | undefined;

  const refusal = () =>
    new NotPermittedError(`Persisting is not permitted: the recording of call ${callId} is ${state.phase}.`, {
      callId,
      hint: "Only between startRecording and its end may media, or what is derived from it, be persisted: drop the data.",
    });
  const isPermitted = () => rules.permits(state);
  const obeyed = (error: unknown) => isObedience(error, [over.signal, deps.userSignal]);

  const move = (event: RecordingEvent) => {
    state = nextState(state, event);
    const mayStillPersist = state.phase === "reporting" || state.phase === "starting" || state.phase === "recording";
    if (mayStillPersist || over.signal.aborted) return;
    passages.close();
    over.abort(refusal());
  };

  const end = (reason: EndReason, closeMs?: number) => {
    const { phase } = state;
    const limitMs = rules.budgetMs(deps.stopTimeoutMs, closeMs);
    firstReason ??= reason;
    move({ type: "end", reason });
    if (reason === "callEnded") closer.callIsGone();
    if (phase === "starting" || phase === "recording") {
      budget = createBudget(runtime, limitMs);
      winding ??= windDownAndClose(budget);
    } else if (closeMs !== undefined) budget?.shorten(limitMs);
  };

  const passages: Passages = createPassages({
    callId,
    works,
    isPermitted,
    refusal,
    onPipeFailed: (error) => {
      failures.push(error);
      end("failed");
    },
  });

  const onProblem = (error: unknown, kind: WorkKind) => {
    // That it took too long to start has been told.
    if (kind !== "recorder.start" || firstReason !== "startFailed") problems.push(error);
  };

  /** The permit is revoked already. */
  const windDownAndClose = async (time: Budget) => {
    const stop = async (signal: AbortSignal) => {
      const reason = "reason" in state ? state.reason : "stopped";
      await recorder.stop({ callId, reason, signal });
    };
    const clean = await windDown({ callId, rules, works, budget: time, stop, obeyed, onProblem });
    move({ type: "stopped", clean });
    await closeAndEnd();
  };

  /** Reports the closing status, when there is one, and ends. */
  const closeAndEnd = async () => {
    if (state.phase === "closing") {
      const failure = await closer.close(state.status);
      if (failure !== undefined) problems.push(failure.error);
      move({ type: "reported", callGone: closer.isGone });
    }
    deps.onEnded(closer.isUnreported);
    ended.resolve(outcome([...failures, ...problems]));
  };

  const outcome = (errors: readonly unknown[]): RecordingOutcome => {
    const reason = "reason" in state ? state.reason : "stopped";
    const error = combine(errors, callId);
    return Object.freeze({ callId, reason, reported: closer.reported, error: withEffect(error, closer.mayBeInEffect) });
  };

  return {
    end,
    isPermitted,
    refusal,
    obeyed,
    passages,
    ended: ended.promise,
    signal: over.signal,
    get phase() {
      return state.phase;
    },
    /** Who ended it first, also when the call turned out to be gone after that. */
    get firstReason() {
      return firstReason;
    },
    /** Whether Graph may still show `recording`: no end was confirmed, and the call is not known to be gone. */
    get mayStillShow() {
      return closer.reported === undefined && !closer.isGone;
    },
    /** The end waits for the body of `withRecording`, too. */
    addBody: (body: Promise<unknown>) => void works.add("body", body),
    addFailure(error: unknown) {
      if (state.phase !== "ended" && !failures.includes(error)) failures.push(error);
    },

    /** Graph confirmed the recording: runs `recorder.start`, and settles when the recording is live or has ended. */
    async begin(operation: RecordingOperation): Promise<void> {
      move({ type: "completed" });
      if (state.phase !== "starting") return closeAndEnd();
      const starting = Promise.withResolvers<void>();
      const work = works.add("recorder.start", starting.promise);
      starting.resolve((async () => recorder.start({ callId, operation, signal: over.signal }))());
      const limit = createBudget(runtime, deps.startTimeoutMs);
      await Promise.race([work.settled, limit.over, ended.promise]);
      limit.dispose();
      if (state.phase === "starting" && work.isSettled && work.failure === undefined) return move({ type: "started" });
      if (state.phase === "starting") {
        failures.push(startFailure(callId, deps.startTimeoutMs, work.failure));
        end("startFailed");
      }
      await winding;
    },

    /** The report `recording` brought no success: closes it when it may be in effect all the same. */
    async giveUp(mayBeInEffect: boolean, error: unknown): Promise<void> {
      if (state.phase === "reporting") failures.push(error);
      if (rules.saysGone(error)) closer.callIsGone();
      move({ type: rules.withdraws(mayBeInEffect) && !closer.isGone ? "unknown" : "refused" });
      await closeAndEnd();
    },

    /** Ends it, and gives the outcome; when that end was not reported, reports it once more. */
    async endBy(reason: EndReason): Promise<RecordingOutcome> {
      const hadEnded = state.phase === "ended";
      end(reason);
      const first = await ended.promise;
      if (hadEnded && closer.isUnreported) await closer.repeat();
      if (hadEnded && closer.isMadeGood) return outcome(closer.remaining([...failures, ...problems]));
      if (problems.length > 0) throw withEffect(combine(problems, callId), closer.mayBeInEffect);
      return first;
    },
  };
}

function startFailure(callId: string, limitMs: number, failure: { readonly error: unknown } | undefined): RecorderFailedError {
  const hint = "It may have begun to persist, so recorder.stop is called, and failed is reported.";
  if (failure === undefined) return new RecorderFailedError(`recorder.start did not settle within ${limitMs} ms.`, { callId, hint });
  return new RecorderFailedError(`recorder.start failed: ${showError(failure.error)}`, { callId, cause: failure.error, hint });
}
