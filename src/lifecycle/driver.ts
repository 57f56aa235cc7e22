import type { NotPermittedError } from "../model/errors.ts";
import type { RecordingOperation } from "../model/operation.ts";
import type { EndReason, RecordingOutcome } from "../model/outcome.ts";
import { type Budget, createBudget } from "./budget.ts";
import { Closer } from "./closer.ts";
import type { DriverDeps } from "./driver-deps.ts";
import { FailureLog } from "./failure-log.ts";
import { leaseOver, notPermitted, startFailed } from "./failures.ts";
import { isObedience } from "./obedience.ts";
import { createPassages, type Passages } from "./passages.ts";
import { startRecorder } from "./start-recorder.ts";
import { nextState, type RecordingEvent, type RecordingPhase, type RecordingState, reasonOf } from "./state.ts";
import { Teller } from "./teller.ts";
import { untilEnded } from "./until-ended.ts";
import { windDown } from "./wind-down.ts";
import { createWorks } from "./work.ts";

/** Moves a recording from its first report to its last. */
export class Driver {
  readonly #ended = Promise.withResolvers<RecordingOutcome>();
  /** See `Recording.ended`. */
  readonly ended = this.#ended.promise;
  readonly passages: Passages;
  /** All that persists: the end waits for it. */
  readonly works = createWorks();
  readonly #deps: DriverDeps;
  readonly #closer: Closer;
  readonly #teller: Teller;
  readonly #over = new AbortController();
  /** Aborted the moment persisting must end. */
  readonly signal = this.#over.signal;
  readonly failures = new FailureLog();
  #state: RecordingState = { phase: "reporting" };
  #firstReason: EndReason | undefined;
  #winding: Promise<void> | undefined;
  #budget: Budget | undefined;
  #isLost = false;
  #hasEnded = false;

  constructor(deps: DriverDeps) {
    this.#deps = deps;
    this.#closer = new Closer(deps);
    this.#teller = new Teller({ ...deps, closer: this.#closer, failures: this.failures });
    this.passages = createPassages({
      callId: deps.callId,
      works: this.works,
      isPermitted: this.isPermitted,
      refusal: this.refusal,
      isOver: () => deps.kept !== undefined && deps.kept.leftMs() <= 0,
      onLiveFailure: (kind, error) => {
        if (!deps.rules.endsBy(kind)) return;
        this.failures.addLive(error);
        this.end("failed");
      },
    });
  }

  get phase(): RecordingPhase {
    return this.#state.phase;
  }

  /** Who ended it first, also when the call turned out to be gone after that. */
  get firstReason(): EndReason | undefined {
    return this.#firstReason;
  }

  /** Whether Graph may still show `recording`: no end was confirmed, and the call is not known to be gone. */
  get mayStillShow(): boolean {
    return this.#closer.reported === undefined && !this.#closer.isGone;
  }

  /** What went wrong with the recording, whatever became of the journal. */
  get error(): unknown {
    return this.#teller.error(this.failures.ofRecording);
  }

  readonly isPermitted = (): boolean => {
    this.#look();
    return this.#deps.rules.permits(this.#state);
  };
  readonly refusal = (): NotPermittedError => notPermitted(this.#deps.callId, this.#state.phase);

  /** Whether work of the caller's gave up only because it was told to. */
  readonly obeyed = (error: unknown): boolean => isObedience(error, [this.signal, this.#deps.userSignal]);

  /** An error of the caller's that the outcome has to tell as it is. */
  addGiven(error: unknown): void {
    if (this.#state.phase !== "ended") this.failures.addGiven(error);
  }

  /** The journal does not say any more that the recording is this process's. */
  lose(): void {
    // What persisted has ended before the closing report, which looks after itself.
    if (this.#state.phase === "closing" || this.#state.phase === "ended" || this.#isLost) return;
    this.#isLost = true;
    this.failures.addBefore(leaseOver(this.#deps.callId));
    this.end("failed");
    // By then another process may write.
    this.#budget?.endWithin(this.#deps.kept?.leftMs() ?? 0);
  }

  /** Moves the recording towards its end; what follows happens in the background. `closeMs`: the deadline of the `close` that ends it. */
  end(reason: EndReason, closeMs?: number): void {
    const { phase } = this.#state;
    const limitMs = this.#deps.rules.budgetMs(this.#deps.stopTimeoutMs, closeMs);
    this.#firstReason ??= reason;
    if (reason === "callEnded") this.#closer.callIsGone();
    // Before anything is told: a listener may end the recording again.
    const begins = phase === "starting" || phase === "recording";
    if (begins) this.#budget = createBudget(this.#deps.runtime, limitMs);
    if (closeMs !== undefined) this.#budget?.shorten(limitMs);
    this.#move({ type: "end", reason });
    if (begins && this.#budget !== undefined) this.#winding = this.#windDown(this.#budget);
  }

  /** Graph confirmed the recording: runs `recorder.start`, and settles when the recording is live or has ended. */
  async begin(operation: RecordingOperation): Promise<void> {
    this.#look();
    this.#move({ type: "completed" });
    if (this.#state.phase !== "starting") return this.#closeAndEnd();
    const { startTimeoutMs: limitMs } = this.#deps;
    const work = await startRecorder({ ...this.#deps, works: this.works, operation, signal: this.signal, limitMs, ended: this.ended });
    this.#look();
    if (this.phase === "starting" && work.isSettled && work.failure === undefined) return this.#move({ type: "started" });
    if (this.phase === "starting") {
      this.failures.addBefore(startFailed(this.#deps.callId, limitMs, work.failure));
      this.end("startFailed");
    }
    await this.#winding;
  }

  /** The report `recording` brought no success: closes it when it may be in effect all the same. */
  async giveUp(mayBeInEffect: boolean, error: unknown): Promise<void> {
    const { rules } = this.#deps;
    if (this.#state.phase === "reporting") this.failures.addBefore(error);
    if (rules.saysGone(error)) this.#closer.callIsGone();
    this.#move({ type: rules.withdraws(mayBeInEffect) && !this.#closer.isGone ? "unknown" : "refused" });
    await this.#closeAndEnd();
  }

  /** Ends it, and gives the outcome; when that end was not reported, reports it once more. */
  async endBy(reason: EndReason): Promise<RecordingOutcome> {
    const hadEnded = this.#hasEnded;
    this.end(reason);
    const first = await untilEnded(this.ended, this.#deps.callId);
    if (hadEnded && this.#closer.isUnreported) await this.#deps.track(this.#teller.repeat(reasonOf(this.#state)));
    if (hadEnded && this.#closer.isMadeGood) return this.#teller.outcome(reasonOf(this.#state), this.#closer.remaining(this.failures.all));
    if (this.failures.whileEnding.length > 0) throw this.#teller.error(this.failures.whileEnding);
    return first;
  }

  /** Looks at the caller's signal itself: an earlier listener of it may keep the event to itself. The same of a lease, and its timer. */
  #look(): void {
    if (this.#deps.userSignal?.aborted) this.end("aborted");
    if (this.#deps.kept?.permits() === false) this.lose();
  }

  #move(event: RecordingEvent): void {
    this.#state = nextState(this.#state, event);
    const { phase } = this.#state;
    if (phase === "reporting" || phase === "starting" || phase === "recording" || this.signal.aborted) return;
    this.passages.close();
    this.#over.abort(this.refusal());
  }

  /** The permit is revoked already. */
  async #windDown(budget: Budget): Promise<void> {
    const { callId, recorder, rules } = this.#deps;
    const clean = await windDown({
      ...this.#deps,
      works: this.works,
      budget,
      obeyed: this.obeyed,
      isTold: this.failures.isLive,
      // That it took too long to start has been told.
      onProblem: (error, kind) => {
        if (kind !== "recorder.start" || this.#firstReason !== "startFailed") this.failures.whileEnding.push(error);
      },
      stop: async (signal) => {
        if (rules.stopsRecorder(this.#firstReason === "startFailed"))
          await recorder.stop({ callId, reason: reasonOf(this.#state), signal });
      },
    });
    this.#move({ type: "stopped", clean });
    await this.#closeAndEnd();
  }

  /** Reports the closing status, when there is one, and ends. */
  async #closeAndEnd(): Promise<void> {
    if (this.#state.phase === "closing") {
      const failure = await this.#closer.close(this.#state.status);
      if (failure !== undefined) this.failures.whileEnding.push(failure.error);
      this.#move({ type: "reported", callGone: this.#closer.isGone });
    }
    if (this.#deps.kept !== undefined) await this.#teller.tellJournal(reasonOf(this.#state));
    this.#deps.onEnded(this.#closer.isUnreported);
    this.#hasEnded = true;
    this.#ended.resolve(this.#teller.outcome(reasonOf(this.#state)));
  }
}
