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

/** A JSON value with every text in it cleaned and shortened, names too; what lies very deep or comes after the first hundred is left out. */
export function redactJson<T>(value: T, redact: Redact, depth = 0): T {
  if (typeof value === "string") return redact(cut(value)) as T;
  if (typeof value !== "object" || value === null) return value;
  if (depth > mostLevels) return "(left out)" as T;
  const deeper = (item: unknown) => redactJson(item, redact, depth + 1);
  if (Array.isArray(value)) return value.slice(0, mostItems).map(deeper) as T;
  const entries = Object.entries(value).slice(0, mostItems);
  return Object.fromEntries(entries.map(([name, item]) => [redact(cut(name)), deeper(item)])) as T;
}

const mostLevels = 6;
const mostItems = 100;

/**
 * The cause itself when nothing in it can hold a token, else a copy that keeps name, message, code and its own cause. Objects that cannot be
 * looked into (a `Request`, `Headers`) are left out of the copy.
 */
export function redactCause(cause: unknown, redact: Redact): unknown {
  try {
    return isClean(cause, redact, new Set()) ? cause : copyOf(cause, redact, 0);
  } catch {
    // A getter or a proxy of the caller's that throws when it is looked at.
    return new Error("(an error that cannot be shown)");
  }
}

const inspectCustom = Symbol.for("nodejs.util.inspect.custom");
const most = 200;
/** A longer text is copied, shortened, rather than searched. */
const longestClean = 20_000;

function isClean(value: unknown, redact: Redact, seen: Set<unknown>): boolean {
  if (typeof value === "string") return value.length <= longestClean && redact(value) === value;
  if (typeof value === "function" || typeof value === "symbol") return false;
  if (typeof value !== "object" || value === null || seen.has(value)) return true;
  seen.add(value);
  return seen.size <= most && isTransparent(value) && Reflect.ownKeys(value).every((key) => isCleanProperty(value, key, redact, seen));
}

/** Whether an object shows nothing but its own properties: an error, a list or a plain object, without a voice of its own. */
function isTransparent(value: object): boolean {
  if (value instanceof DOMException) return true;
  if (inspectCustom in value || "toJSON" in value) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return value instanceof Error || Array.isArray(value) || prototype === Object.prototype || prototype === null;
}

function isCleanProperty(value: object, key: string | symbol, redact: Redact, seen: Set<unknown>): boolean {
  const name = typeof key === "symbol" ? (key.description ?? "") : key;
  if (redact(name) !== name) return false;
  // In newer V8 the stack is an accessor; any other getter is the caller's.
  const isGetter = Object.getOwnPropertyDescriptor(value, key)?.get !== undefined;
  if (isGetter && !(value instanceof Error && key === "stack")) return false;
  return isClean(Reflect.get(value, key), redact, seen);
}

function copyOf(value: unknown, redact: Redact, depth: number): unknown {
  if (typeof value === "string") return redact(cut(value));
  if (!(value instanceof Error)) return `(${typeof value === "object" ? "an object" : `a ${typeof value}`} that cannot be shown)`;
  const deeper = (inner: unknown) => (depth < 4 ? copyOf(inner, redact, depth + 1) : undefined);
  const { message, name, stack, cause, code, errors } = value as Error & { code?: unknown; errors?: unknown };
  const text = typeof message === "string" ? redact(cut(message)) : "";
  const options = cause === undefined ? undefined : { cause: deeper(cause) };
  const copy = Array.isArray(errors) ? new AggregateError(errors.slice(0, 10).map(deeper), text, options) : new Error(text, options);
  for (const [key, shown] of Object.entries({ name, stack, code })) {
    const kept = typeof shown === "string" ? redact(cut(shown, 4_000)) : typeof shown === "number" ? shown : undefined;
    if (kept !== undefined)
      Object.defineProperty(copy, key, { value: kept, configurable: true, writable: true, enumerable: key === "code" });
  }
  return copy;
}
