/** The message of whatever was thrown, which may be anything: also something that cannot become a text. */
export function showError(error: unknown): string {
  try {
    return error instanceof Error ? `${error.message}` : String(error);
  } catch {
    return "(an error that cannot be shown)";
  }
}
