import { operationStatusOf, type RecordingOperation, type ResultInfo } from "../model/operation.ts";
import { parseJson } from "../util/json.ts";
import { isBag } from "../util/own.ts";
import { findViolation } from "../util/schema-check.ts";
import { operationIdParameterSchema } from "../wire.ts";
import type { Answer } from "./answer.ts";

/** A 2xx answer read: an operation, or what keeps it from being one. */
export type ReadOperation = { readonly operation: RecordingOperation; readonly problem?: undefined } | { readonly problem: string };

/**
 * Reads a 2xx answer. An empty one is the null operation: Graph will tell more later.
 * @see https://learn.microsoft.com/graph/api/resources/commsoperation
 */
export function readOperation(answer: Answer, origin: string, clientRequestId: string): ReadOperation {
  if (answer.flaw !== undefined) return { problem: `its body is ${answer.flaw}` };
  const location = absoluteUrl(answer.headers.get("location"));
  const envelope = { location: location?.href, requestId: answer.headers.get("request-id") ?? undefined, clientRequestId };
  const idInLocation = location?.origin === origin ? operationId(location) : undefined;
  if (answer.body.trim() === "") {
    return { operation: { ...envelope, id: idInLocation, status: null, clientContext: null, resultInfo: null, raw: undefined } };
  }
  const body = parseJson(answer.body);
  if (body === undefined) return { problem: "its body is not JSON" };
  if (!isBag(body)) return { problem: "its body is no JSON object" };
  const problem = findProblem(body);
  if (problem !== undefined) return { problem };
  const { id, status, clientContext, resultInfo } = body as OperationBody;
  return {
    operation: {
      ...envelope,
      id: id ?? idInLocation,
      status: operationStatusOf(status),
      clientContext: clientContext ?? null,
      resultInfo: readResultInfo(resultInfo),
      raw: body,
    },
  };
}

/** A body in which `findProblem` has found none. */
type OperationBody = {
  readonly id?: string;
  readonly status: string | null;
  readonly clientContext?: string | null;
  readonly resultInfo?: unknown;
};

function findProblem(body: { readonly [name: string]: unknown }): string | undefined {
  const { status, id, resultInfo = null } = body;
  if (status === undefined) return "its body has no status";
  if (status !== null && typeof status !== "string") return "its status is no string";
  for (const name of ["id", "clientContext"]) {
    const value = body[name];
    if (typeof value !== "string" && value !== undefined && (value !== null || name === "id")) return `its ${name} is no string`;
  }
  if (id !== undefined && findViolation(operationIdParameterSchema, id, "id") !== undefined)
    return "its id is none that could be read back";
  // A failed operation stays failed, however odd its details.
  if (resultInfo !== null && !isBag(resultInfo) && operationStatusOf(status) !== "failed") return "its resultInfo is no object";
  return undefined;
}

/** By the names of the wire. */
export function readResultInfo(value: unknown): ResultInfo | null {
  if (!isBag(value)) return null;
  const { code, subcode, message } = value;
  return resultInfoOf({ code, subcode, message });
}

/** By the names of the model. One sample of the docs (call-delete) writes the codes as strings. */
export function resultInfoOf(value: unknown): ResultInfo | null {
  if (!isBag(value)) return null;
  const { code, subcode, message } = value;
  return { code: toNumber(code), subcode: toNumber(subcode), message: typeof message === "string" ? message : null };
}

function toNumber(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^-?\d{1,10}$/.test(value) ? Number(value) : undefined;
}

function absoluteUrl(location: string | null): URL | undefined {
  if (location === null || !URL.canParse(location)) return undefined;
  const url = new URL(location);
  return url.protocol === "https:" || url.protocol === "http:" ? url : undefined;
}

function operationId(location: URL): string | undefined {
  const segment = /\/operations\/([^/]+)\/?$/.exec(location.pathname)?.[1];
  try {
    return segment === undefined ? undefined : decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
