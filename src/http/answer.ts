import { TimeoutError } from "../model/errors.ts";

/** What is asked of a server: one method, headers with names in lower case, a text or none. */
export type Sent = { readonly method: string; readonly headers: Readonly<Record<string, string>>; readonly body?: string | undefined };

/**
 * One request and its whole answer, nothing decided. Redirects are not followed: the token goes to the configured origin only. When the
 * signal ends it rejects with the signal's reason at once, and the connection is let go. Else it rejects with a ConnectionFailure.
 */
export type Exchange = (url: string, sent: Sent, signal: AbortSignal) => Promise<Answer>;

/** A whole answer in memory. `headers` are live, the body is bounded. */
export type Answer = {
  readonly status: number;
  readonly ok: boolean;
  readonly headers: AnswerHeaders;
  readonly body: string;
  /** Why the body is not all that was sent, if so. */
  readonly flaw?: Flaw | undefined;
};

/** Values by name, in any case; what came several times is joined by commas. */
export type AnswerHeaders = Pick<Headers, "get">;
type Flaw = "too large" | "broken off" | "not UTF-8";

/** The most that is read of an answer, in bytes after decompression: Graph's operations and errors are below 2 KiB. */
export const answerLimitBytes = 1024 * 1024;

/** The connection failed or broke: `cause` is what the runtime threw, not yet checked for the token. */
export class ConnectionFailure extends Error {
  override readonly name = "ConnectionFailure";
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299;
}

/**
 * A body broke off. Of a refusal that takes nothing away: what has come is its answer, also when the attempt's time was over. Of a success it
 * makes a failed connection.
 * @throws {ConnectionFailure}, or the signal's reason when that ended the call
 */
export function acceptBrokenOff(status: number, signal: AbortSignal, error: unknown): void {
  const callEnded = signal.aborted && !(signal.reason instanceof TimeoutError);
  if (!isSuccess(status) && !callEnded) return;
  signal.throwIfAborted();
  throw new ConnectionFailure("the connection broke while Microsoft Graph was answering", { cause: error });
}

/** UTF-8 without a byte order mark (RFC 8259 section 8.1 lets a reader ignore it). */
const strict = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true });

/** Reads the text of a body. */
export function readText(bytes: Uint8Array, flaw: "too large" | "broken off" | undefined): Pick<Answer, "body" | "flaw"> {
  try {
    return { body: strict.decode(bytes), flaw };
  } catch {
    return { body: new TextDecoder().decode(bytes), flaw: flaw ?? "not UTF-8" };
  }
}
