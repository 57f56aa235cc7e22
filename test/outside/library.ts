// The public API by the design's names, as far as these tests use it.
import * as library from "teams-recording-status";
import type { OutsideClock } from "./clock.ts";

export type Outcome = { readonly reason: string; readonly reported: string | undefined; readonly error: unknown };

export type Permit = {
  readonly callId: string;
  readonly signal: AbortSignal;
  assertRecording(): void;
  persist(work: (signal: AbortSignal) => unknown): Promise<unknown>;
  pipe(...stages: unknown[]): Promise<void>;
  gate(): { readonly readable: ReadableStream<string>; readonly writable: WritableStream<string> };
};

export type LiveRecording = Permit & {
  readonly state: string;
  readonly ended: Promise<Outcome>;
  stop(): Promise<Outcome>;
  fail(error?: unknown): Promise<Outcome>;
  callEnded(): void;
};

export type StartContext = { readonly callId: string; readonly signal: AbortSignal };
export type StopContext = { readonly callId: string; readonly reason: string; readonly signal?: AbortSignal };
export type ObservedRecorder = { start(context: StartContext): Promise<void> | void; stop(context: StopContext): Promise<void> | void };

export type RecordingOptions = {
  readonly recorder?: ObservedRecorder;
  readonly signal?: AbortSignal;
  readonly deadlineMs?: number;
  readonly startTimeoutMs?: number;
  readonly stopTimeoutMs?: number;
};

export type Client = {
  readonly recordings: readonly LiveRecording[];
  startRecording(callId: string, options: RecordingOptions): Promise<LiveRecording>;
  withRecording(callId: string, options: RecordingOptions, body: (permit: Permit) => unknown): Promise<unknown>;
  updateRecordingStatus(callId: string, update: { readonly status: string }): Promise<unknown>;
  readonly notifications: { handle(payload: unknown): Promise<{ readonly settled: readonly unknown[] }> };
  close(options?: { readonly deadlineMs?: number }): Promise<unknown>;
};

export type ClientOptions = {
  readonly baseUrl: string;
  readonly credential: { getToken(): Promise<{ token: string; expiresOnTimestamp: number }> };
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly attemptTimeoutMs?: number;
  readonly deadlineMs?: number;
  readonly retry?: { readonly limit: number };
  readonly journal?: unknown;
};

/** Makes a client: the library's own way, or one with a fault seeded into it. */
export type CreateClient = (options: ClientOptions, runtime?: OutsideClock["runtime"]) => Client;

export const createClient = library.createRecordingClient as unknown as CreateClient;

/** The code of an error, of ours or of anybody's. */
export function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | undefined | null)?.code;
  return typeof code === "string" ? code : undefined;
}

/** The error itself and all those that it tells of, by `errors` and `cause`. */
export function errorsIn(error: unknown, depth = 6): unknown[] {
  if (error === undefined || error === null || depth === 0) return error === undefined ? [] : [error];
  const { errors, cause } = error as { errors?: unknown; cause?: unknown };
  const inner = Array.isArray(errors) ? errors : [];
  return [error, ...[...inner, ...(cause === undefined ? [] : [cause])].flatMap((one) => errorsIn(one, depth - 1))];
}

export const tells = (error: unknown, code: string): boolean => errorsIn(error).some((one) => codeOf(one) === code);

/** Whether an error is told: itself, or one of the library's own that says the same, since each call gets an error object of its own. */
export function isTold(told: readonly unknown[], error: unknown): boolean {
  const { message } = (error ?? {}) as { message?: unknown };
  const saying = codeOf(error) === undefined || typeof message !== "string" ? undefined : message.slice(0, 40);
  return told.some(
    (one) => one === error || (saying !== undefined && codeOf(one) === codeOf(error) && (one as Error).message.startsWith(saying)),
  );
}
