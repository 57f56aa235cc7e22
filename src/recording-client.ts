import { closedError, type Services } from "./attempt.ts";
import {
  type CallOptions,
  type OperationReference,
  type RecordingStatusUpdate,
  readCallOptions,
  readOperationInput,
  readUpdate,
} from "./call-input.ts";
import { createCallQueue } from "./call-queue.ts";
import { type RecordingClientOptions, readDurationMs, resolveClientOptions } from "./client-options.ts";
import { BadInputError } from "./errors.ts";
import type { HttpFailure } from "./http-errors.ts";
import { sleep } from "./lifetime.ts";
import type { RecordingOperation } from "./operation.ts";
import { isBag } from "./own.ts";
import { defaultRuntime, type Runtime } from "./runtime.ts";
import { sendUpdate } from "./send-update.ts";
import { createSlots } from "./slots.ts";
import { createTokenCache } from "./token-cache.ts";
import { createTransport } from "./transport.ts";
import { waitForOperation } from "./wait-for-operation.ts";

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
   * Refuses new calls, ends those under way with `CLOSED`, and resolves when all have settled. Idempotent.
   */
  close(options?: CloseOptions): Promise<void>;

  [Symbol.asyncDispose](): Promise<void>;
};

/** Options of `close`. */
export type CloseOptions = {
  /** Longest time to wait for what is under way, in milliseconds. @default 25_000 */
  deadlineMs?: number | undefined;
};

const closeDeadlineMs = 25_000;

/**
 * Makes the client. Nothing is sent until it is used.
 *
 * The second argument is for tests: clock and chance.
 * @throws {BadInputError} code `BAD_INPUT`: an option cannot be used.
 * @throws {UnsupportedCloudError} code `UNSUPPORTED_CLOUD`: the cloud, or this version in it, has no such action.
 */
export function createRecordingClient(options: RecordingClientOptions, runtime: Partial<Runtime> = {}): RecordingClient {
  const services = createServices(options, { ...defaultRuntime, ...runtime });
  const queue = createCallQueue<HttpFailure>();
  const closing = new AbortController();
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

  const close = async (closeOptions: CloseOptions = {}): Promise<void> => {
    if (!isBag(closeOptions)) throw new BadInputError("close: the options must be an object.");
    const deadlineMs = readDurationMs(closeOptions, "deadlineMs", "close") ?? closeDeadlineMs;
    if (!closing.signal.aborted) closing.abort(closedError());
    const done = new AbortController();
    const all = Promise.all(underWay).then(() => done.abort());
    await Promise.race([all, sleep(services.runtime, deadlineMs, [done.signal]).catch(() => {})]);
  };

  return {
    async updateRecordingStatus(callId, update, callOptions) {
      const input = readUpdate(callId, update);
      return track(sendUpdate(services, queue, input, readCallOptions(callOptions, "updateRecordingStatus"), closing.signal));
    },
    async waitForOperation(callId, operation, callOptions) {
      const input = readOperationInput(callId, operation);
      return track(waitForOperation(services, input, readCallOptions(callOptions, "waitForOperation"), closing.signal));
    },
    close,
    [Symbol.asyncDispose]: () => close(),
  };
}

function createServices(options: unknown, runtime: Runtime): Services {
  const settings = resolveClientOptions(options);
  const { credential, endpoint, deadlineMs, maxConcurrency } = settings;
  return {
    settings,
    runtime,
    transport: createTransport(settings),
    tokens: createTokenCache({ credential, scope: endpoint.tokenScope, refreshTimeoutMs: deadlineMs }, runtime),
    slots: createSlots(maxConcurrency),
  };
}
