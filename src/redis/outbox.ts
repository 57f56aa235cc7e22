/** What Redis must still be told, by the id of the entry. */
export type Outbox = {
  /** Tells it now; rejects when that fails, and remembers it. */
  send(id: string, letter: Letter): Promise<void>;
  /** Remembers it for the next time. */
  keep(id: string, letter: Letter): void;
  /** It need not be told any more. Gives what was to be told. */
  takeBack(id: string): Letter | undefined;
  /** Tells what is remembered; what fails stays remembered. When Redis takes nothing at all, the rest is left for the next time. Never rejects. */
  retry(): Promise<void>;
  readonly isEmpty: boolean;
  /** The calls that it is about. */
  readonly callIds: readonly string[];
};

/** Tells one thing of a call; it may be told twice. */
export type Letter = { readonly callId: string; tell(): Promise<void> };

/** How many are told at once. */
const batchSize = 50;

/** Makes an empty one. */
export function createOutbox(): Outbox {
  const letters = new Map<string, Letter>();
  const retryOne = async ([id, letter]: readonly [string, Letter]) => {
    await letter.tell();
    if (letters.get(id) === letter) letters.delete(id);
  };
  return {
    async send(id, letter) {
      letters.delete(id);
      try {
        await letter.tell();
      } catch (error) {
        letters.set(id, letter);
        throw error;
      }
    },
    keep(id, letter) {
      letters.set(id, letter);
    },
    takeBack(id) {
      const letter = letters.get(id);
      letters.delete(id);
      return letter;
    },
    async retry() {
      const left = [...letters];
      for (let batch = left.splice(0, batchSize); batch.length > 0; batch = left.splice(0, batchSize)) {
        const told = await Promise.allSettled(batch.map(retryOne));
        if (told.every(({ status }) => status === "rejected")) return;
      }
    },
    get isEmpty() {
      return letters.size === 0;
    },
    get callIds() {
      return [...letters.values()].map(({ callId }) => callId);
    },
  };
}
