/** What failed in a recording. */
export class FailureLog {
  /** The caller's own errors, also those of our classes: they are told as they are. */
  readonly given: unknown[] = [];
  /** What failed before the end. */
  readonly #before: unknown[] = [];
  /** What failed while ending. */
  readonly whileEnding: unknown[] = [];
  /** What failed while persisting was permitted, and so ended the recording. */
  readonly #live = new Set<unknown>();

  get all(): readonly unknown[] {
    return [...this.#before, ...this.whileEnding];
  }

  addGiven(error: unknown): void {
    if (this.given.includes(error)) return;
    this.given.push(error);
    this.#before.push(error);
  }

  addLive(error: unknown): void {
    this.#live.add(error);
    this.addGiven(error);
  }

  addBefore(error: unknown): void {
    this.#before.push(error);
  }

  readonly isLive = (error: unknown): boolean => this.#live.has(error);
}
