// What a fault server does with a request, as data; each builder is one fault.
import { operationOnTheWire } from "./on-the-wire.ts";

type Bytes = string | Uint8Array;

/** An HTTP answer that is well formed. */
export type AnswerStep = {
  readonly kind: "answer";
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Bytes;
  readonly delayMs: number;
  /** Answers before the body of the request was read. */
  readonly early: boolean;
};

/** Bytes as they are, HTTP or not, and what becomes of the connection afterwards. */
export type BytesStep = {
  readonly kind: "bytes";
  readonly chunks: readonly Bytes[];
  readonly everyMs: number;
  readonly end: "close" | "reset" | "stall";
};

/** The connection is reset before anything is read from it. Only in a list: no request is known yet. */
export type RefuseStep = { readonly kind: "refuse" };

export type Step = AnswerStep | BytesStep | RefuseStep;

export const operationBody = (more: object = {}) =>
  JSON.stringify(
    operationOnTheWire({
      "@odata.type": "#microsoft.graph.updateRecordingStatusOperation",
      clientContext: null,
      id: "op-1",
      resultInfo: null,
      status: "completed",
      ...more,
    }),
  );

type AnswerOptions = { readonly headers?: Readonly<Record<string, string>>; readonly delayMs?: number; readonly early?: boolean };

export function answer(status: number, body: Bytes = "", { headers = {}, delayMs = 0, early = false }: AnswerOptions = {}): AnswerStep {
  return { kind: "answer", status, headers: { "content-type": "application/json", ...headers }, body, delayMs, early };
}

export const completed = (more?: object) => answer(200, operationBody(more));

export const refused = (status: number, code = "x", headers: Readonly<Record<string, string>> = {}) =>
  answer(status, JSON.stringify({ error: { code, message: "refused" } }), { headers });

export const throttled = (retryAfter: string, status = 429) => refused(status, "TooManyRequests", { "retry-after": retryAfter });

export const redirect = (status: number, location: string) => answer(status, "", { headers: { location } });

export const compressed = (status: number, encoding: string, body: Uint8Array) =>
  answer(status, body, { headers: { "content-encoding": encoding } });

/** Bytes in place of an answer. */
export const garbage = (bytes: Bytes, end: BytesStep["end"] = "close"): BytesStep => ({ kind: "bytes", chunks: [bytes], everyMs: 0, end });

/** The start of an answer whose body is announced and not, or not wholly, sent. */
export function headOf(status: number, length: number, headers = ""): string {
  return `HTTP/1.1 ${status} Text\r\ncontent-type: application/json\r\n${headers}content-length: ${length}\r\n\r\n`;
}

export const resetOnConnect: RefuseStep = { kind: "refuse" };
export const resetAfterRequest = garbage("", "reset");
export const closeAfterRequest = garbage("", "close");
export const resetAmidHeaders = garbage("HTTP/1.1 200 OK\r\ncontent-ty", "reset");
export const closeAmidHeaders = garbage("HTTP/1.1 200 OK\r\ncontent-ty", "close");
export const resetAmidBody = (status = 200) => garbage(headOf(status, 500) + operationBody().slice(0, 60), "reset");
export const closeAmidBody = (status = 200) => garbage(headOf(status, 500) + operationBody().slice(0, 60), "close");
export const closeAmidChunk = garbage("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\n{", "close");
export const stall = garbage("", "stall");
export const stallAfterHeaders = (status = 200) => garbage(headOf(status, 500), "stall");
export const stallAmidBody = (status = 200, body = operationBody()) => garbage(headOf(status, body.length + 100) + body, "stall");

/** An answer whose body comes byte by byte; or all of it, headers first. */
export function trickle(everyMs: number, body = operationBody(), status = 200): BytesStep {
  return { kind: "bytes", chunks: [headOf(status, body.length), ...body], everyMs, end: "stall" };
}

export const trickleAll = (everyMs: number): BytesStep => ({ ...trickle(everyMs), chunks: [...headOf(200, 2), "{}"] });
