import type { JournalError } from "../model/errors.ts";

/** What failed in a recording. */
export class FailureLog {
  /** The caller's own errors, also those of our classes: they are told as they are. */
  readonly given: unknown[] = [];
  /** What failed before the end. */
  readonly #before: unknown[] = [];
  /** What failed while ending. */
  readonly whileEnding: unknown[] = [];
  /** What the journal could not take: told in the outcome, and nowhere else. */
  readonly ofJournal: JournalError[] = [];
  /** What failed while persisting was permitted, and so ended the recording. */
  readonly #live = new Set<unknown>();

  /** All but the journal's. */
  get ofRecording(): readonly unknown[] {
    return [...this.#before, ...this.whileEnding];
  }

  get all(): readonly unknown[] {
    return [...this.ofRecording, ...this.ofJournal];
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
