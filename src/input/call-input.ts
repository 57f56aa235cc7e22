import { BadInputError } from "../model/errors.ts";
import { type RecordingOperation, toLowerCamel } from "../model/operation.ts";
import type { RecordingStatusUpdate, UpdateInput } from "../model/update.ts";
import { type Bag, isBag, own } from "../util/own.ts";
import { findViolation } from "../util/schema-check.ts";
import { callIdSchema, updateRecordingStatusRequestSchema } from "../wire.ts";
import { readDurationMs } from "./read.ts";

/** Options of one call. */
export type CallOptions = {
  /** Ends the call at once, with ABORTED. */
  signal?: AbortSignal | undefined;
  /** Longest time for the whole call, in milliseconds. @default the client's `deadlineMs` */
  deadlineMs?: number | undefined;
  /** The tenant of the call, passed to the credential: for multi-tenant bots. @default the credential's own tenant */
  tenantId?: string | undefined;
};

/** Checks and copies what will be sent. @throws BAD_INPUT */
export function readUpdate(callId: unknown, update: unknown): UpdateInput {
  const action = "updateRecordingStatus";
  const id = readPathId(callId, "callId", action);
  if (!isBag(update))
    throw new BadInputError(`${action}: the second argument must be an object such as { status: "recording" }.`, { callId: id });
  const copy = readBody(update);
  const violation = findViolation(updateRecordingStatusRequestSchema, copy, "update");
  if (violation !== undefined) throw new BadInputError(`${action}: ${violation}`, { callId: id });
  const { status, clientContext } = copy as RecordingStatusUpdate;
  return { callId: id, body: { status, ...(clientContext === undefined || clientContext === null ? {} : { clientContext }) } };
}

/** What the spec knows of a body, and whatever else the caller put into it: the check below refuses that. */
function readBody(update: Bag): Bag {
  const names = new Set([...Object.keys(updateRecordingStatusRequestSchema.properties), ...Object.keys(update)]);
  return Object.fromEntries([...names].map((name) => [name, own(update, name)]));
}

/** What `waitForOperation` needs of an operation: as `updateRecordingStatus` gave it, or made by hand from a log. */
export type OperationReference = Pick<RecordingOperation, "id" | "status"> & Partial<RecordingOperation>;

export type OperationInput = { readonly callId: string; readonly operation: RecordingOperation };

/** Checks and copies what will be waited for. @throws BAD_INPUT */
export function readOperationInput(callId: unknown, operation: unknown): OperationInput {
  const action = "waitForOperation";
  const id = readPathId(callId, "callId", action);
  if (!isBag(operation)) throw new BadInputError(`${action}: the second argument must be an operation.`, { callId: id });
  const read = <N extends keyof RecordingOperation>(name: N) => own(operation, name as string) as RecordingOperation[N] | undefined;
  const [status, operationId] = [read("status"), read("id")];
  if (status !== null && typeof status !== "string")
    throw new BadInputError(`${action}: operation.status must be a string or null.`, { callId: id });
  return {
    callId: id,
    operation: {
      ...operation,
      id: operationId === undefined ? undefined : readPathId(operationId, "operation.id", action),
      status: toLowerCamel(status),
      clientContext: read("clientContext") ?? null,
      resultInfo: read("resultInfo") ?? null,
      location: read("location"),
      requestId: read("requestId"),
      clientRequestId: read("clientRequestId") ?? "",
    },
  };
}

/** An id that becomes one segment of a path. @throws BAD_INPUT */
export function readPathId(id: unknown, name: string, action: string): string {
  const violation = findViolation(callIdSchema, id, name);
  if (violation !== undefined) throw new BadInputError(`${action}: ${violation}`);
  // A lone surrogate has no UTF-8 form, so it cannot be percent-encoded (RFC 3986 section 2.5).
  if (!(id as string).isWellFormed()) throw new BadInputError(`${action}: ${name} is no well-formed Unicode text.`);
  return id as string;
}

/** Reads the options of one call. @throws BAD_INPUT */
export function readCallOptions(options: unknown, action: string): CallOptions {
  if (options === undefined) return { signal: undefined, deadlineMs: undefined, tenantId: undefined };
  if (!isBag(options)) throw new BadInputError(`${action}: the options must be an object.`);
  const signal = own(options, "signal") as AbortSignal | undefined;
  if (signal !== undefined && (typeof signal?.aborted !== "boolean" || typeof signal.addEventListener !== "function")) {
    throw new BadInputError(`${action}: signal must be an AbortSignal.`);
  }
  const tenantId = own(options, "tenantId");
  if (tenantId !== undefined && (typeof tenantId !== "string" || tenantId === "")) {
    throw new BadInputError(`${action}: tenantId must be a non-empty string.`);
  }
  return { signal, deadlineMs: readDurationMs(options, "deadlineMs", action), tenantId };
}
