// For consumers whose `lib` does not have it: the declarations below name Symbol.asyncDispose.
/// <reference lib="esnext.disposable" preserve="true" />

import { createTokenCache } from "./auth/token-cache.ts";
import { createTransport } from "./http/transport.ts";
import {
  type CallOptions,
  type CloseOptions,
  type OperationReference,
  readCallOptions,
  readCloseOptions,
  readOperationInput,
  readUpdate,
} from "./input/call-input.ts";
import { type RecordingClientOptions, resolveClientOptions } from "./input/client-options.ts";
import { controlOf, type Recording } from "./lifecycle/recording.ts";
import { type RecordingInput, type RecordingOptions, readRecordingOptions } from "./lifecycle/recording-options.ts";
import { createRegistry } from "./lifecycle/registry.ts";
import { startRecording } from "./lifecycle/start-recording.ts";
import { runWithRecording, type WithRecordingOptions } from "./lifecycle/with-recording.ts";
import { BadInputError, closedError } from "./model/errors.ts";
import type { HttpFailure } from "./model/http-errors.ts";
import type { RecordingOperation } from "./model/operation.ts";
import type { RecordingStatusUpdate } from "./model/update.ts";
import { sendUpdate } from "./sending/send-update.ts";
import type { Services } from "./sending/services.ts";
import { waitForOperation } from "./sending/wait-for-operation.ts";
import { createCallQueue } from "./waiting/call-queue.ts";
import { createEnding, type Ending } from "./waiting/ending.ts";
import { beginLifetime, untilEnd } from "./waiting/lifetime.ts";
import { type ClientRuntime, completeRuntime } from "./waiting/runtime.ts";
import { createSlots } from "./waiting/slots.ts";

/** The client: one for each bot and cloud, shared by all its calls. */
export type RecordingClient = {
  /**
   * Reports the recording status of a call and resolves with the operation that Graph answered with. Only `status: "completed"` says that
   * the status is in effect: an operation that is `running`, `notStarted` or null is returned as it is, and one that failed rejects.
   *
   * Statuses of one call leave in the order they were asked for. Throttling (429), 502, 503, 504, failed connections and attempts that take
   * too long are repeated; a newer status of the call ends the repeats of an older one.
   *
   * Rejects with `BAD_INPUT` (nothing was sent), `CREDENTIAL`, `HTTP`, `THROTTLED`, `OPERATION_FAILED`, `BAD_ANSWER`, `NETWORK`, `TIMEOUT`,
   * `DEADLINE`, `ABORTED`, `SUPERSEDED` or `CLOSED`.
   * @see https://learn.microsoft.com/graph/api/call-updaterecordingstatus
   */
  updateRecordingStatus(callId: string, update: RecordingStatusUpdate, options?: CallOptions): Promise<RecordingOperation>;

  /**
   * Waits until an operation that was not final has completed, by polling it on the configured origin, and resolves with it.
   *
   * Rejects with `OPERATION_FAILED`; with `OUTCOME_UNKNOWN` at the deadline or when the operation cannot be read back (`cause` says why): it
   * may have completed or failed; with `BAD_INPUT`, `ABORTED` or `CLOSED`.
   * @see https://learn.microsoft.com/graph/api/resources/commsoperation
   */
  waitForOperation(callId: string, operation: OperationReference, options?: CallOptions): Promise<RecordingOperation>;

  /**
   * Starts a recording in the compliant order: reports `recording`, waits until Graph has confirmed it with a final `completed`, runs
   * `recorder.start`, and resolves with the live recording. Until then, and after its end, nothing may be persisted.
   *
   * When it rejects nothing is left behind. If `recording` may be in effect all the same (a lost answer, a time-out, an abort in flight, a
   * recorder that did not start), a closing status went out first: `notRecording` when the caller gave up, else `failed`. Rejects with what
   * `updateRecordingStatus` and `waitForOperation` reject with, `RECORDER_FAILED`, or `RECORDING_ACTIVE` (nothing was sent).
   * @see https://learn.microsoft.com/graph/api/call-updaterecordingstatus "Additional Restriction"
   */
  startRecording(callId: string, options: RecordingOptions): Promise<Recording>;

  /**
   * Runs the body while recording is permitted, and resolves with its value after the recording was stopped and `notRecording` reported. When
   * the body throws, `failed` is reported and its error comes out. When the recording ends under the body, `recording.signal` is aborted; the
   * body has `stopTimeoutMs` to settle.
   */
  withRecording<T>(callId: string, options: WithRecordingOptions, body: (recording: Recording) => T | Promise<T>): Promise<T>;

  /** The live recordings, those that are starting or stopping among them. */
  readonly recordings: readonly Recording[];

  /**
   * Refuses new calls, ends those under way with `CLOSED`, stops every live recording in the compliant order, all at once, and resolves when
   * everything has settled. Reports that are not answered by the deadline are given up; each recording's `ended` tells. Idempotent.
   */
  close(options?: CloseOptions): Promise<void>;

  /** `close()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
};

const defaultCloseDeadlineMs = 25_000;

/**
 * Makes the client. Nothing is sent until it is used.
 *
 * The second argument is for tests: clock and chance.
 * @throws {BadInputError} code `BAD_INPUT`: an option cannot be used.
 * @throws {UnsupportedCloudError} code `UNSUPPORTED_CLOUD`: the cloud, or this version in it, has no such action.
 */
export function createRecordingClient(options: RecordingClientOptions, runtime: Partial<ClientRuntime> = {}): RecordingClient {
  const queue = createCallQueue<HttpFailure>();
  const registry = createRegistry();
  /** Ends plain calls at once; recordings are stopped in their order, and only then cut off. */
  const clientEnd = createEnding();
  const cutOff = createEnding();
  const services = createServices(options, completeRuntime(runtime), clientEnd);
  const underWay = new Set<Promise<unknown>>();

  /** Remembers the call until it has settled, so that `close` can wait for it. */
  const track = <T>(call: Promise<T>): Promise<T> => {
    const settled: Promise<unknown> = call.then(
      () => underWay.delete(settled),
      () => underWay.delete(settled),
    );
    underWay.add(settled);
    return call;
  };

  const start = async (input: RecordingInput): Promise<Recording> => {
    if (clientEnd.hasCome) throw closedError(input.callId);
    return track(startRecording({ services, queue, registry, cutOff }, input));
  };

  const close = async (closeOptions?: CloseOptions): Promise<void> => {
    const { deadlineMs = defaultCloseDeadlineMs } = readCloseOptions(closeOptions);
    clientEnd.bringAbout();
    const live = registry.live();
    for (const recording of live) controlOf(recording).end("closed");
    const bound = beginLifetime(services.runtime, { limitMs: deadlineMs, onLimit: () => closedError() });
    const cut = () => cutOff.bringAbout();
    bound.signal.addEventListener("abort", cut);
    if (bound.signal.aborted) cut();
    await untilEnd(Promise.all([...underWay, ...live.map(({ ended }) => ended)]), bound.signal).catch(() => {});
    bound.dispose();
  };

  return {
    async updateRecordingStatus(callId, update, callOptions) {
      const input = readUpdate(callId, update);
      const own = readCallOptions(callOptions, "updateRecordingStatus");
      registry.refuseIfLive(input.callId, "updateRecordingStatus");
      return track(sendUpdate(services, queue, input, own, clientEnd));
    },
    async waitForOperation(callId, operation, callOptions) {
      const input = readOperationInput(callId, operation);
      const own = readCallOptions(callOptions, "waitForOperation");
      return track(waitForOperation(services, input, own, clientEnd));
    },
    async startRecording(callId, recordingOptions) {
      return start(readRecordingOptions(callId, recordingOptions, "startRecording"));
    },
    async withRecording(callId, recordingOptions, body) {
      const input = readRecordingOptions(callId, recordingOptions, "withRecording");
      if (typeof body !== "function") throw new BadInputError("withRecording: the third argument must be a function.");
      return runWithRecording(await start(input), input, body, services.runtime);
    },
    get recordings() {
      return registry.live();
    },
    close,
    [Symbol.asyncDispose]: () => close(),
  };
}

function createServices(options: unknown, runtime: ClientRuntime, clientEnd: Ending): Services {
  const settings = resolveClientOptions(options);
  const { credential, endpoint, deadlineMs, maxConcurrency } = settings;
  return {
    settings,
    runtime,
    transport: createTransport({ baseUrl: endpoint.baseUrl, fetch: settings.fetch }),
    tokens: createTokenCache({ credential, scope: endpoint.tokenScope, refreshTimeoutMs: deadlineMs, clientEnd }, runtime),
    slots: createSlots(maxConcurrency),
  };
}
