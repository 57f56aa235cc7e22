import { JournalError } from "../model/errors.ts";
import { showError } from "../util/show-error.ts";

/** The primary result codes that need words of their own. https://sqlite.org/rescode.html */
export const codes = { busy: 5, readOnly: 8, ioError: 10, corrupt: 11, full: 13, cannotOpen: 14, notADatabase: 26 } as const;

export function resultCodeOf(error: unknown): number {
  return Number((error as { errcode?: unknown } | null)?.errcode) & 0xff;
}

/** Runs what reads or writes the file; whatever SQLite or the system says becomes one clear error. @throws {JournalError} code `JOURNAL` */
export function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof JournalError ? error : fileError(path, error);
  }
}

export function tornError(path: string, why: string, cause?: unknown): JournalError {
  return new JournalError(`The journal ${path} is damaged: ${why}.`, {
    cause,
    hint: "Move it away (with its -wal and -shm) and keep it: what it says of recordings that were left behind has to be looked up by hand.",
  });
}

export function fileError(path: string, cause: unknown): JournalError {
  const code = resultCodeOf(cause);
  if (code === codes.corrupt || code === codes.notADatabase) return tornError(path, showError(cause), cause);
  const hints: { readonly [code: number]: string } = {
    [codes.full]: "The disk is full: make room.",
    [codes.ioError]: "The disk cannot be written to: it may be full, or failing.",
    [codes.readOnly]: "The file or its folder cannot be written to.",
    [codes.cannotOpen]: "Its folder must exist, and this process must be allowed to write there.",
    [codes.busy]: "Another program keeps it locked.",
  };
  const system = (cause as { syscall?: unknown } | null)?.syscall === undefined ? undefined : hints[codes.cannotOpen];
  return new JournalError(`The journal ${path} cannot be used: ${showError(cause)}.`, { cause, hint: hints[code] ?? system });
}
