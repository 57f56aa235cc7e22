/** A promise that tells how it ended: never an unhandled rejection, and its state can be looked at. */
export function outcome<T>(promise: Promise<T>) {
  const seen: { value?: T; error?: Error & { code?: string; cause?: unknown; errors?: unknown[] }; done: boolean } = { done: false };
  promise.then(
    (value) => Object.assign(seen, { value, done: true }),
    (error) => Object.assign(seen, { error, done: true }),
  );
  return seen;
}
