/** What the person at the keyboard can mend: one clear line on stderr, exit code 2, nothing written. */
export class BadInput extends Error {
  override readonly name: string = "BadInput";
}

export function isBadInput(error: unknown): error is Error {
  if (error instanceof BadInput) return true;
  if (!(error instanceof Error) || !("code" in error)) return false;
  // A file or folder that cannot be read or written: the system's message says which.
  return String(error.code).startsWith("ERR_PARSE_ARGS") || ("syscall" in error && "path" in error);
}
