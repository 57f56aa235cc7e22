import { isRecordingStatusError } from "../model/any-error.ts";
import { cut } from "../util/redact.ts";
import { showError } from "../util/show-error.ts";

/** What `--json` tells of an error. */
export type ToldError = {
  readonly code: string | null;
  readonly message: string;
  readonly mayBeInEffect: boolean;
  readonly requestId: string | null;
  readonly clientRequestId: string | null;
};

const longest = 1_500;

/** An error in plain words; of what is not ours the message alone. */
export function tellError(error: unknown): ToldError {
  const message = oneLine(showError(error));
  if (!isRecordingStatusError(error)) return { code: null, message, mayBeInEffect: false, requestId: null, clientRequestId: null };
  const { requestId } = error as { requestId?: string | undefined };
  return {
    code: error.code,
    message,
    mayBeInEffect: error.mayBeInEffect,
    requestId: requestId ?? null,
    clientRequestId: error.clientRequestId ?? null,
  };
}

/** The same as one line. */
export function errorLine(error: unknown): string {
  const { code, message, requestId, clientRequestId } = tellError(error);
  return [code === null ? message : `${code}: ${message}`, idsLine({ requestId, clientRequestId })].filter((part) => part !== "").join(" ");
}

/** What Microsoft support finds a request by. */
export function idsLine({ requestId, clientRequestId }: Pick<ToldError, "requestId" | "clientRequestId">): string {
  const ids = [requestId && `request-id ${requestId}`, clientRequestId && `client-request-id ${clientRequestId}`].filter(Boolean);
  return ids.length === 0 ? "" : `(${ids.join(", ")})`;
}

function oneLine(text: string): string {
  return cut(text.replace(/\s+/g, " ").trim(), longest);
}
