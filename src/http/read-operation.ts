import { findDuplicateName, parseJson } from "../util/json.ts";
import { isBag, own } from "../util/own.ts";
import { findViolation } from "../util/schema-check.ts";
import { knownOperationStatuses, type OperationStatus, operationIdParameterSchema } from "../wire.ts";
import type { Answer } from "./exchange.ts";

/** Why an operation ended as it did. @see https://learn.microsoft.com/graph/api/resources/resultinfo */
export type ResultInfo = {
  /** HTTP-like: 2xx success, 4xx client error, 5xx server error. Undefined when Graph sent no number. */
  readonly code: number | undefined;
  /** The detail. Undefined when Graph sent no number. */
  readonly subcode: number | undefined;
  /** The result in words; null when Graph sent none. */
  readonly message: string | null;
  readonly [property: string]: unknown;
};

/** The operation that a report created, as Graph answered, plus anything else that it sent. */
export type RecordingOperation = {
  /** The operation's id; for an empty answer the one in a same-origin `Location`, else undefined. */
  readonly id: string | undefined;
  /** `completed` is success. `notStarted`, `running` and null are not final: see `OperationStatus`. */
  readonly status: OperationStatus;
  /** The context as Graph sent it back; null when it sent none. */
  readonly clientContext: string | null;
  /** Why it ended as it did; null when Graph sent none. */
  readonly resultInfo: ResultInfo | null;
  /** The `Location` header when it is an absolute URL. Data: no token is ever sent there. */
  readonly location: string | undefined;
  /** The service's `request-id`: quote it in support cases. */
  readonly requestId: string | undefined;
  /** The `client-request-id` that was sent. */
  readonly clientRequestId: string;
  readonly [property: string]: unknown;
};

/** A 2xx answer read: an operation, or what keeps it from being one. */
export type ReadOperation = { readonly operation: RecordingOperation } | { readonly problem: string };

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
    return { operation: { ...envelope, id: idInLocation, status: null, clientContext: null, resultInfo: null } };
  }
  const body = parseJson(answer.body);
  if (body === undefined) return { problem: "its body is not JSON" };
  if (!isBag(body)) return { problem: "its body is no JSON object" };
  if (findDuplicateName(answer.body) !== undefined) return { problem: "its body has a property twice" };
  const problem = findProblem(body);
  if (problem !== undefined) return { problem };
  // JSON.parse makes `__proto__` an own property: harmless here, not in the next program that merges it.
  const { ["__proto__"]: _, ...sent } = body;
  return {
    operation: {
      ...sent,
      ...envelope,
      id: (own(body, "id") as string | undefined) ?? idInLocation,
      status: toLowerCamel(own(body, "status") as string | null),
      clientContext: (own(body, "clientContext") as string | null | undefined) ?? null,
      resultInfo: readResultInfo(own(body, "resultInfo")),
    },
  };
}

function findProblem(body: { readonly [name: string]: unknown }): string | undefined {
  const status = own(body, "status");
  if (status === undefined) return "its body has no status";
  if (status !== null && typeof status !== "string") return "its status is no string";
  for (const name of ["id", "clientContext"]) {
    const value = own(body, name);
    if (typeof value !== "string" && value !== undefined && (value !== null || name === "id")) return `its ${name} is no string`;
  }
  const id = own(body, "id");
  if (id !== undefined && findViolation(operationIdParameterSchema, id, "id") !== undefined)
    return "its id is none that could be read back";
  const resultInfo = own(body, "resultInfo") ?? null;
  // A failed operation stays failed, however odd its details.
  if (resultInfo !== null && !isBag(resultInfo) && toLowerCamel(status) !== "failed") return "its resultInfo is no object";
  return undefined;
}

/** A known status in lower camel case, any other as it is: the metadata writes Pascal case, the docs and live traffic lower camel. */
export function toLowerCamel(status: string | null): OperationStatus {
  const lower = status?.toLowerCase();
  return knownOperationStatuses.find((known) => known.toLowerCase() === lower) ?? status;
}

/** One sample of the docs (call-delete) writes the codes as strings. */
function readResultInfo(value: unknown): ResultInfo | null {
  if (!isBag(value)) return null;
  const { ["__proto__"]: _, ...sent } = value;
  const message = own(value, "message");
  return {
    ...sent,
    code: toNumber(own(value, "code")),
    subcode: toNumber(own(value, "subcode")),
    message: typeof message === "string" ? message : null,
  };
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
