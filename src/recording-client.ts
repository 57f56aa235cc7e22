import { type CallOptions, type RecordingStatusUpdate, readCallOptions, readUpdate, type UpdateInput } from "./call-input.ts";
import { type ClientSettings, type RecordingClientOptions, resolveClientOptions } from "./client-options.ts";
import { requestToken } from "./credential.ts";
import { DeadlineError, OperationFailedError, TimeoutError } from "./errors.ts";
import type { Answer } from "./exchange.ts";
import { badAnswer, httpFailure } from "./http-failure.ts";
import { beginLifetime } from "./lifetime.ts";
import { type RecordingOperation, readOperation } from "./operation.ts";
import { defaultRuntime, type Runtime } from "./runtime.ts";
import { createTransport, type Transport } from "./transport.ts";

/** The client: one for each bot and cloud, shared by all its calls. */
export type RecordingClient = {
  /**
   * Reports the recording status of a call and resolves with the operation that Graph answered with. Only `status: "completed"` says that
   * the status is in effect: an operation that is `running`, `notStarted` or null is returned as it is, and one that failed rejects.
   *
   * Rejects with `BAD_INPUT` (nothing was sent), `CREDENTIAL`, `HTTP`, `THROTTLED`, `OPERATION_FAILED`, `BAD_ANSWER`, `NETWORK`, `TIMEOUT`,
   * `DEADLINE` or `ABORTED`.
   * @see https://learn.microsoft.com/graph/api/call-updaterecordingstatus
   */
  updateRecordingStatus(callId: string, update: RecordingStatusUpdate, options?: CallOptions): Promise<RecordingOperation>;
};

/**
 * Makes the client. Nothing is sent until it is used.
 *
 * The second argument is for tests: clock and chance.
 * @throws {BadInputError} code `BAD_INPUT`: an option cannot be used.
 * @throws {UnsupportedCloudError} code `UNSUPPORTED_CLOUD`: the cloud, or this version in it, has no such action.
 */
export function createRecordingClient(options: RecordingClientOptions, runtime: Partial<Runtime> = {}): RecordingClient {
  const settings = resolveClientOptions(options);
  const world = { ...defaultRuntime, ...runtime };
  const transport = createTransport(settings);
  return {
    async updateRecordingStatus(callId, update, callOptions) {
      const input = readUpdate(callId, update);
      return sendUpdate(input, readCallOptions(callOptions, "updateRecordingStatus"), settings, transport, world);
    },
  };
}

async function sendUpdate(
  input: UpdateInput,
  options: CallOptions,
  settings: ClientSettings,
  transport: Transport,
  runtime: Runtime,
): Promise<RecordingOperation> {
  const { callId, body } = input;
  const action = `updateRecordingStatus(${body.status})`;
  const clientRequestId = runtime.randomUUID();
  const attempted = { action, callId, clientRequestId };
  const deadlineMs = options.deadlineMs ?? settings.deadlineMs;
  const { attemptTimeoutMs, credential, endpoint } = settings;
  const call = beginLifetime(runtime, {
    limitMs: deadlineMs,
    onLimit: () => new DeadlineError(`${action} was not answered within its deadline of ${deadlineMs} ms.`, attempted),
    userSignal: options.signal,
  });
  try {
    const token = await requestToken(credential, endpoint.tokenScope, { signal: call.signal, tenantId: options.tenantId });
    const attempt = beginLifetime(runtime, {
      limitMs: attemptTimeoutMs,
      onLimit: () => new TimeoutError(`${action} was not answered within ${attemptTimeoutMs} ms.`, attempted),
      parent: call.signal,
    });
    try {
      const answer = await transport.updateRecordingStatus(input, { token, clientRequestId, signal: attempt.signal });
      return decide(answer, endpoint.origin, attempted);
    } finally {
      attempt.dispose();
    }
  } finally {
    call.dispose();
  }
}

/** What an answer means: an operation that is not failed, or an error. */
function decide(answer: Answer, origin: string, attempted: Parameters<typeof httpFailure>[1]): RecordingOperation {
  if (!answer.ok) throw httpFailure(answer, attempted);
  const read = readOperation(answer, origin, attempted.clientRequestId);
  if ("problem" in read) throw badAnswer(read.problem, answer, attempted);
  const { operation } = read;
  if (operation.status !== "failed") return operation;
  const { code, subcode, message } = operation.resultInfo ?? {};
  throw new OperationFailedError(
    `${attempted.action} failed: the operation ended with ${code}/${subcode} ${message ?? "and no message"}.`,
    {
      ...attempted,
      operation,
      hint: "The status is not in effect: do not record, and report failed if recording was announced.",
    },
  );
}
