// No error may hold a token, whole or in part: whatever a server echoes and whatever a `fetch` puts into its errors goes through here.

/** Removes what must not be seen from a text. */
export type Redact = (text: string) => string;

const mask = "[token]";
/** Pieces of a token from this length on are removed; shorter ones occur by chance and give nothing away. */
const pieceLength = 8;
const longestText = 1_000;

/** Shortens a text that came from outside. */
export function cut(text: string, length: number = longestText): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** Makes the function that removes the token, and every piece of it of eight characters or more. */
export function createRedact(token: string | undefined): Redact {
  if (token === undefined) return (text) => text;
  const length = Math.min(pieceLength, token.length);
  return (text) => {
    const whole = text.replaceAll(token, mask);
    let redacted = "";
    for (let at = 0; at < whole.length; ) {
      let end = at;
      while (end + length <= whole.length && token.includes(whole.slice(end, end + length))) end++;
      if (end === at) redacted += whole[at++];
      else {
        redacted += mask;
        at = end + length - 1;
      }
    }
    return redacted;
  };
}

/**
 * The cause itself when nothing in it can hold a token, else a copy that keeps name, message, code and its own cause. Objects that cannot be
 * looked into (a `Request`, `Headers`) are left out of the copy.
 */
export function redactCause(cause: unknown, redact: Redact): unknown {
  return isClean(cause, redact, new Set()) ? cause : copyOf(cause, redact, 0);
}

function isClean(value: unknown, redact: Redact, seen: Set<unknown>): boolean {
  if (typeof value === "string") return redact(value) === value;
  if (typeof value === "function" || typeof value === "symbol") return false;
  if (typeof value !== "object" || value === null || seen.has(value)) return true;
  seen.add(value);
  if (seen.size > 200) return false;
  const prototype = Object.getPrototypeOf(value);
  const isError = value instanceof Error;
  if (!isError && !Array.isArray(value) && prototype !== Object.prototype && prototype !== null) return false;
  // Own names only: an error has message, stack and cause among them, hidden from enumeration.
  return Object.getOwnPropertyNames(value).every((name) => {
    const descriptor = Object.getOwnPropertyDescriptor(value, name);
    if (redact(name) !== name) return false;
    if (descriptor?.get !== undefined && !(isError && name === "stack")) return false;
    return isClean((value as Record<string, unknown>)[name], redact, seen);
  });
}

function copyOf(value: unknown, redact: Redact, depth: number): unknown {
  if (!(value instanceof Error)) return cut(redact(typeof value === "string" ? value : Object.prototype.toString.call(value)));
  const errors: unknown = (value as { errors?: unknown }).errors;
  const deeper = (inner: unknown) => (depth < 4 ? copyOf(inner, redact, depth + 1) : undefined);
  const options = value.cause === undefined ? undefined : { cause: deeper(value.cause) };
  const message = cut(redact(value.message));
  const copy = Array.isArray(errors) ? new AggregateError(errors.slice(0, 10).map(deeper), message, options) : new Error(message, options);
  const { code } = value as { code?: unknown };
  const plain = { name: value.name, stack: value.stack, code };
  for (const [name, text] of Object.entries(plain)) {
    const kept = typeof text === "string" ? redact(text) : name === "code" && typeof text === "number" ? text : undefined;
    if (kept !== undefined)
      Object.defineProperty(copy, name, { value: kept, configurable: true, writable: true, enumerable: name === "code" });
  }
  return copy;
}
