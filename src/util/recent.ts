/**
 * The latest of many values: at least `atLeast` of them, fewer than twice as many. Forgets the older half at once: to take the oldest out of a
 * `Set`, again and again, costs a walk past all that were taken out before.
 */
export class Recent {
  readonly #atLeast: number;
  #newer = new Set<string>();
  #older = new Set<string>();

  constructor(atLeast: number) {
    this.#atLeast = atLeast;
  }

  has(value: string): boolean {
    return this.#newer.has(value) || this.#older.has(value);
  }

  add(value: string): void {
    this.#newer.add(value);
    if (this.#newer.size < this.#atLeast) return;
    this.#older = this.#newer;
    this.#newer = new Set();
  }
}
