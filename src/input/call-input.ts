import { operationStatusOf, type RecordingOperation } from "../model/operation.ts";
import type { UpdateInput } from "../model/update.ts";
import { given } from "../util/kind-of.ts";
import { type Bag, own } from "../util/own.ts";
import { findViolation } from "../util/schema-check.ts";
import { callIdSchema, updateRecordingStatusRequestSchema } from "../wire.ts";
import { asDurationMs, asNonEmptyString, asSignal, type Readers, type Refuse, readObject, readOptions, refuseFor } from "./read.ts";

/** Options of one call. */
export type CallOptions = {
  /** Ends the call at once, with `ABORTED`. Only `aborted` and `addEventListener` are needed of it. @default none */
  signal?: AbortSignal | undefined;
  /** Longest time for the whole call, in milliseconds. @default the client's `deadlineMs` */
  deadlineMs?: number | undefined;
  /** The tenant of the call, passed to the credential: for multi-tenant bots. @default the credential's own tenant */
  tenantId?: string | undefined;
};

/** Options of `close`. */
export type CloseOptions = {
  /** Longest time for everything, the closing reports included, in milliseconds. @default 25_000 */
  deadlineMs?: number | undefined;
};

/** How call options are read, also where they are part of others. */
export const callReaders = { signal: asSignal, deadlineMs: asDurationMs(0), tenantId: asNonEmptyString } satisfies Readers<CallOptions>;
/** Options of `recoverRecordings`: they count for the journal, and then for each report. */
export type RecoverOptions = Omit<CallOptions, "tenantId">;

const closeReaders = { deadlineMs: asDurationMs(0) } satisfies Readers<CloseOptions>;

/** How each method is called, for who has mixed up its arguments. */
export const usages = {
  updateRecordingStatus: 'updateRecordingStatus(callId, { status: "recording" })',
  waitForOperation: "waitForOperation(callId, operation)",
  startRecording: "startRecording(callId, { recorder })",
  withRecording: "withRecording(callId, { signal }, async (permit) => { … })",
} as const;

/** Checks and copies what will be sent. @throws BAD_INPUT */
export function readUpdate(callId: unknown, update: unknown): UpdateInput {
  const action = "updateRecordingStatus";
  const id = readCallId(callId, action);
  const refuse = refuseFor(action, id);
  const copy = readBody(readObject(update, 'the second argument must be an object such as { status: "recording" }', refuse));
  const violation = findViolation(updateRecordingStatusRequestSchema, copy, "update");
  if (violation !== undefined) throw refuse(violation);
  // A parameter of an action that is null means what it means when it is left out: OData 4.01, protocol, "Invoking an Action".
  const kept = Object.entries(copy).filter(([, value]) => value !== undefined && value !== null);
  return { callId: id, body: Object.fromEntries(kept) as UpdateInput["body"] };
}

/** What the spec knows of a body, and whatever else the caller put into it: the check below refuses that. */
function readBody(update: Bag): Bag {
  const names = new Set([...Object.keys(updateRecordingStatusRequestSchema.properties), ...Object.keys(update)]);
  return Object.fromEntries([...names].map((name) => [name, own(update, name)]));
}

/**
 * What `waitForOperation` needs of an operation: as `updateRecordingStatus` gave it, or made by hand from a log. `id` and `status` are enough;
 * the status may be in any case.
 */
export type OperationReference = {
  /** Graph's id of the operation; without one it is known by its `clientContext`. */
  readonly id: string | undefined;
  /** How the operation was when it was last heard of, such as `running`. */
  readonly status: string | null;
} & Partial<Omit<RecordingOperation, "id" | "status">>;

export type OperationInput = { readonly callId: string; readonly operation: RecordingOperation };

/** Checks and copies what will be waited for. @throws BAD_INPUT */
export function readOperationInput(callId: unknown, operation: unknown): OperationInput {
  const action = "waitForOperation";
  const id = readCallId(callId, action);
  const refuse = refuseFor(action, id);
  const reference = readObject(operation, "the second argument must be an operation such as { id, status }", refuse);
  const read = <N extends keyof RecordingOperation>(name: N) => own(reference, name) as RecordingOperation[N] | undefined;
  const [status, operationId]: unknown[] = [read("status"), read("id")];
  if (status !== null && typeof status !== "string") throw refuse(`operation.status must be a string or null; ${given(status)}`);
  return {
    callId: id,
    operation: {
      id: operationId === undefined ? undefined : readPathId(operationId, "operation.id", refuse),
      status: operationStatusOf(status),
      clientContext: read("clientContext") ?? null,
      resultInfo: read("resultInfo") ?? null,
      location: read("location"),
      requestId: read("requestId"),
      clientRequestId: read("clientRequestId") ?? "",
      raw: read("raw"),
    },
  };
}

/** The id of the call that a method is about. @throws BAD_INPUT */
export function readCallId(callId: unknown, action: keyof typeof usages): string {
  // Something else in its place: the arguments are mixed up.
  const usage = typeof callId === "string" ? "" : ` Call it as ${usages[action]}.`;
  return readPathId(callId, "callId", (problem) => refuseFor(action)(problem + usage));
}

/** An id that becomes one segment of a path. @throws BAD_INPUT */
export function readPathId(id: unknown, name: string, refuse: Refuse): string {
  const violation = findViolation(callIdSchema, id, name);
  if (violation !== undefined) throw refuse(violation);
  // A lone surrogate has no UTF-8 form, so it cannot be percent-encoded (RFC 3986 section 2.5).
  if (!(id as string).isWellFormed()) throw refuse(`${name} is no well-formed Unicode text.`);
  return id as string;
}

/** Reads the options of one call. @throws BAD_INPUT */
export function readCallOptions(options: unknown = {}, action: string): CallOptions {
  const refuse = refuseFor(action);
  return readOptions(readObject(options, "the options must be an object such as { signal }", refuse), callReaders, refuse);
}

/** Reads the options of `recoverRecordings`. @throws BAD_INPUT */
export function readRecoverOptions(options: unknown = {}): RecoverOptions {
  const refuse = refuseFor("recoverRecordings");
  const { tenantId: _, ...readers } = callReaders;
  return readOptions(readObject(options, "the options must be an object such as { signal }", refuse), readers, refuse);
}

/** Reads the options of `close`. @throws BAD_INPUT */
export function readCloseOptions(options: unknown = {}): { readonly deadlineMs: number | undefined } {
  const refuse = refuseFor("close");
  return readOptions(readObject(options, "the options must be an object such as { deadlineMs: 25_000 }", refuse), closeReaders, refuse);
}
