import type { WorkKind } from "./rules.ts";

/** A piece of work of the caller's that persists, from its beginning until it has settled. */
export type Work = {
  readonly kind: WorkKind;
  /** Never rejects. */
  readonly settled: Promise<void>;
  /** Set once it has failed. */
  failure?: { readonly error: unknown } | undefined;
  isSettled: boolean;
  /** Whether it was still running when `recorder.stop` was called, although that should have come after it. */
  outlastedStop?: boolean;
  /** Ends it at once, as far as that is possible. */
  readonly cutOff: (reason: unknown) => void;
};

/** All that persists and has not settled. */
export type Works = {
  /** Counts the work until it has settled; with `keepsFailure` also after it has failed, so that the end tells. */
  add(kind: WorkKind, promise: Promise<unknown>, cutOff?: (reason: unknown) => void, keepsFailure?: boolean): Work;
  readonly open: readonly Work[];
};

export function createWorks(): Works {
  const open = new Set<Work>();
  return {
    add(kind, promise, cutOff = () => {}, keepsFailure = false) {
      const work: Work = {
        kind,
        cutOff,
        isSettled: false,
        settled: promise.then(
          () => settle(),
          (error: unknown) => settle({ error }),
        ),
      };
      const settle = (failure?: Work["failure"]) => {
        work.failure = failure;
        work.isSettled = true;
        if (failure === undefined || !keepsFailure) open.delete(work);
      };
      open.add(work);
      return work;
    },
    get open() {
      return [...open];
    },
  };
}
