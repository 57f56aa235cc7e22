// For consumers whose `lib` does not have it: the declarations below name Symbol.asyncDispose.
/// <reference lib="esnext.disposable" preserve="true" />
import { createTokenCache } from "./auth/token-cache.ts";
import { exchangeBy } from "./http/exchange.ts";
import { createTransport } from "./http/transport.ts";
import {
  type CallOptions,
  type CloseOptions,
  type OperationReference,
  type RecoverOptions,
  readCallOptions,
  readOperationInput,
  readRecoverOptions,
  readUpdate,
} from "./input/call-input.ts";
import { type RecordingClientOptions, resolveClientOptions } from "./input/client-options.ts";
import { readRuntime } from "./input/read-runtime.ts";
import { createClose } from "./lifecycle/close-all.ts";
import { createNotifications, type RecordingNotifications } from "./lifecycle/handle-notifications.ts";
import type { Recording } from "./lifecycle/recording.ts";
import {
  type RecordingInput,
  type RecordingOptions,
  readRecordingOptions,
  readWithRecordingArguments,
} from "./lifecycle/recording-options.ts";
import { recoverRecordings } from "./lifecycle/recover.ts";
import { Registry } from "./lifecycle/registry.ts";
import { type LifecycleRules, lifecycleRules } from "./lifecycle/rules.ts";
import { startRecording } from "./lifecycle/start-recording.ts";
import { type RecordingBody, runWithRecording, type WithRecordingOptions } from "./lifecycle/with-recording.ts";
import { closedError } from "./model/errors.ts";
import type { HttpFailure } from "./model/http-errors.ts";
import type { RecordingOperation } from "./model/operation.ts";
import type { RecordingOutcome } from "./model/outcome.ts";
import type { RecordingStatusUpdate } from "./model/update.ts";
import { Ledger } from "./sending/ledger.ts";
import { sendPlain, waitPlain } from "./sending/plain.ts";
import { createTell, createTellMissed } from "./sending/record-attempt.ts";
import type { Services } from "./sending/services.ts";
import { createWaiters } from "./sending/waiters.ts";
import { createCallQueue } from "./waiting/call-queue.ts";
import { createCalls } from "./waiting/calls.ts";
import { createEnding, type Ending } from "./waiting/ending.ts";
import type { ClientRuntime } from "./waiting/runtime.ts";
import { createSlots } from "./waiting/slots.ts";

/** The client: one for each bot and cloud, shared by all its calls. */
export type RecordingClient = {
  /**
   * Reports the recording status of a call and resolves with the operation that Graph answered with. Only `status: "completed"` says that
   * the status is in effect: an operation that is `running`, `notStarted` or null is returned as it is, and one that failed rejects.
   *
   * Statuses of one call leave in the order they were asked for. Failed connections, attempts that take too long and the answers that
   * docs/attempts.md lists under "Repeated" are repeated; a newer status of the call ends the repeats of an older one.
   *
   * Rejects with `BAD_INPUT` or `RECORDING_ACTIVE` (nothing was sent), `CREDENTIAL`, `HTTP`, `THROTTLED`, `OPERATION_FAILED`, `BAD_ANSWER`,
   * `NETWORK`, `TIMEOUT`, `DEADLINE`, `ABORTED`, `SUPERSEDED` or `CLOSED`; the error's `mayBeInEffect` says whether the status may be in effect.
   * @example
   * ```ts
   * const { status } = await graph.updateRecordingStatus(callId, { status: "recording" });
   * if (status !== "completed") throw new Error(`Do not record: the operation is ${status}.`);
   * ```
   * @see https://learn.microsoft.com/graph/api/call-updaterecordingstatus
   */
  updateRecordingStatus(callId: string, update: RecordingStatusUpdate, options?: CallOptions): Promise<RecordingOperation>;

  /**
   * Waits until an operation that was not final has completed, and resolves with it. A notification tells it, when `notifications` gets them;
   * meanwhile the operation is polled on the configured origin, as long as Graph does not refuse that.
   *
   * Rejects with `OPERATION_FAILED`; with `OUTCOME_UNKNOWN` at the deadline (`cause` says why it could not be read back): it may have completed
   * or failed; at once when the operation has neither an id nor a context; with `BAD_INPUT`, `ABORTED` or `CLOSED`.
   * @example
   * ```ts
   * const operation = await graph.updateRecordingStatus(callId, { status: "recording" });
   * await graph.waitForOperation(callId, operation, { deadlineMs: 30_000 }); // at once, if it is completed
   * ```
   * @see https://learn.microsoft.com/graph/api/resources/commsoperation
   */
  waitForOperation(callId: string, operation: OperationReference, options?: CallOptions): Promise<RecordingOperation>;

  /**
   * Starts a recording in the compliant order: reports `recording`, waits until Graph has confirmed it with a final `completed`, runs
   * `recorder.start`, and resolves with the live recording. Until then, and after its end, nothing may be persisted.
   *
   * When it rejects nothing is left behind. If `recording` may be in effect all the same (a lost answer, a time-out, an abort in flight, a
   * recorder that did not start), a closing status went out first: `notRecording` when the caller gave up, else `failed`. Rejects with what
   * `updateRecordingStatus` and `waitForOperation` reject with, `RECORDER_FAILED`, `SEVERAL_FAILURES`, or `RECORDING_ACTIVE` (nothing was
   * sent). The error's `mayBeInEffect` says whether Graph may still show `recording`.
   * @example
   * ```ts
   * const recorder = { start: () => file.open(), stop: () => file.close() };
   * const recording = await graph.startRecording(callId, { recorder });
   * recording.assertRecording(); // before each synchronous write
   * await recording.stop(); // recorder.stop first, then the report
   * ```
   * @see https://learn.microsoft.com/graph/api/call-updaterecordingstatus "Additional Restriction"
   */
  startRecording(callId: string, options: RecordingOptions): Promise<Recording>;

  /**
   * Runs the body while recording is permitted, and resolves with its value after everything that persists has settled and `notRecording` was
   * reported. The body gets a permit and ends the recording by returning or throwing. When the recording ends under it, `permit.signal` is
   * aborted, and the body has `stopTimeoutMs` to settle: the end is reported after that.
   *
   * Rejects with what the body threw (`failed` was reported, unless the call is gone); with `ABORTED` or `CLOSED` when the recording ended so
   * under it; with the error of a pipe that failed; with `RECORDER_FAILED` when something did not settle in time; with what `startRecording`
   * or the closing report reject with; with `SEVERAL_FAILURES` for several of these.
   * @example
   * ```ts
   * await graph.withRecording(callId, (permit) => permit.pipe(transcript, sink));
   * ```
   */
  withRecording<T>(callId: string, body: RecordingBody<T>): Promise<T>;
  /** The same with options: a signal, time limits, a recorder. */
  withRecording<T>(callId: string, options: WithRecordingOptions, body: RecordingBody<T>): Promise<T>;

  /**
   * Reports `failed` for every recording that the journal says was left behind: its process died, or its end could not be reported. Resolves
   * with how each ended, reason `recovered`, or `callEnded` when the call is gone; an `error` in an outcome says why it was not reported, and
   * the next call of this method tries again. Live recordings of this client are left alone; while the end of a call is reported, a start of it rejects with
   * `RECORDING_ACTIVE`. Call it when your process starts, and on a timer.
   *
   * Rejects with `JOURNAL`, and with `BAD_INPUT` (this client has no journal), `ABORTED`, `DEADLINE` or `CLOSED`.
   * @example
   * ```ts
   * for (const { callId, reason, reported, error } of await graph.recoverRecordings()) {
   *   console.log(`call ${callId} was left behind: ${reason}, reported ${reported}`, error ?? "");
   * }
   * ```
   */
  recoverRecordings(options?: RecoverOptions): Promise<readonly RecordingOutcome[]>;

  /** Graph's notifications: see `createNotificationHandler` of `./notifications`, which verifies who sent them. */
  readonly notifications: RecordingNotifications;

  /** The live recordings, those that are starting or stopping among them. */
  readonly recordings: readonly Recording[];

  /**
   * Refuses new calls, ends those under way with `CLOSED`, stops every live recording in the compliant order, all at once, and resolves with
   * their outcomes when everything has settled. What persists gets at most half of the deadline to settle, so that time is left for the closing
   * reports; those that are not answered by the deadline are given up. Idempotent: later calls give the same outcomes.
   */
  close(options?: CloseOptions): Promise<readonly RecordingOutcome[]>;

  /** `close()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
};

/**
 * Makes the client. Nothing is sent until it is used.
 *
 * The second argument is for tests: clock and chance.
 * @example
 * ```ts
 * import { DefaultAzureCredential } from "@azure/identity";
 * import { createRecordingClient } from "teams-recording-status";
 *
 * const graph = createRecordingClient({ credential: new DefaultAzureCredential() });
 * ```
 * @throws {BadInputError} code `BAD_INPUT`: an option cannot be used.
 * @throws {UnsupportedCloudError} code `UNSUPPORTED_CLOUD`: the cloud, or this version in it, has no such action.
 */
export function createRecordingClient(options: RecordingClientOptions, runtime: Partial<ClientRuntime> = {}): RecordingClient {
  return createClient(options, runtime, lifecycleRules);
}

/** `createRecordingClient` with the rules that its recordings follow. Internal: a test breaks one of them and sees that somebody notices. */
export function createClient(options: RecordingClientOptions, runtime: Partial<ClientRuntime>, rules: LifecycleRules): RecordingClient {
  const queue = createCallQueue<HttpFailure>();
  const registry = new Registry();
  /** Ends plain calls at once; recordings are stopped in their order, and only then cut off. */
  const clientEnd = createEnding();
  const cutOff = createEnding();
  const services = createServices(options, readRuntime(runtime), { clientEnd, cutOff }, rules);
  const calls = createCalls();
  const refuseIfClosed = (callId?: string) => {
    if (clientEnd.hasCome) throw closedError(callId);
  };
  const shared = { services, queue, registry, rules, refuseIfClosed, cutOff, clientEnd, track: calls.track };
  const start = (input: RecordingInput, action: string) => calls.track(startRecording(shared, input, action));
  const close = createClose({ runtime: services.runtime, registry, clientEnd, cutOff, calls, ledger: services.ledger });

  return {
    async updateRecordingStatus(callId, update, callOptions) {
      const action = "updateRecordingStatus";
      const input = readUpdate(callId, update);
      const options = readCallOptions(callOptions, action);
      const mayBegin = () => registry.refuseIfLive(input.callId, action);
      return calls.track(sendPlain(services, queue, { input, options, cutOff: clientEnd, mayBegin }));
    },
    async waitForOperation(callId, operation, callOptions) {
      const action = "waitForOperation";
      const input = { ...readOperationInput(callId, operation), options: readCallOptions(callOptions, action) };
      const wait = { ...input, cutOff: clientEnd, action, sentContext: services.waiters.contextOf(operation) };
      return calls.track(waitPlain(services, wait, operation));
    },
    async startRecording(callId, recordingOptions) {
      const action = "startRecording";
      return (await start(readRecordingOptions(callId, recordingOptions, action), action)).recording;
    },
    async withRecording<T>(callId: string, ...rest: readonly [unknown, unknown?]): Promise<T> {
      const { input, body } = readWithRecordingArguments(callId, ...rest);
      return runWithRecording(await start(input, "withRecording"), body as RecordingBody<T>, input.options.signal, rules);
    },
    async recoverRecordings(recoverOptions) {
      const options = readRecoverOptions(recoverOptions);
      refuseIfClosed();
      return calls.track(recoverRecordings(shared, options));
    },
    notifications: createNotifications(services.waiters, registry),
    get recordings() {
      return registry.live().map(({ recording }) => recording);
    },
    close,
    [Symbol.asyncDispose]: async () => void (await close()),
  };
}

type Endings = { readonly clientEnd: Ending; readonly cutOff: Ending };

function createServices(options: unknown, runtime: ClientRuntime, { clientEnd, cutOff }: Endings, rules: LifecycleRules): Services {
  const settings = resolveClientOptions(options);
  const { credential, endpoint, maxConcurrency, journal, attemptTimeoutMs } = settings;
  const tellMissed = createTellMissed(settings.onAttempt, runtime.now);
  const ledger = journal && new Ledger({ journal, runtime, limitMs: attemptTimeoutMs, cutOff, onMissed: tellMissed });
  return {
    settings,
    runtime,
    transport: createTransport({ baseUrl: endpoint.baseUrl, exchange: exchangeBy(settings.fetch) }),
    tokens: createTokenCache({ credential, scope: endpoint.tokenScope, clientEnd }, runtime),
    slots: createSlots(maxConcurrency),
    waiters: createWaiters(runtime, rules.notifications),
    ledger,
    tellMissed,
    tell: createTell(ledger, settings.onAttempt),
  };
}
