import { isPlain } from "./kind-of.ts";
import type { Redact } from "./redact.ts";

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
const longestStack = 4_000;

function isClean(value: unknown, redact: Redact, seen: Set<unknown>): boolean {
  if (typeof value === "string") return value.length <= longestClean && redact(value, value.length) === value;
  if (typeof value === "function" || typeof value === "symbol") return false;
  if (typeof value !== "object" || value === null || seen.has(value)) return true;
  seen.add(value);
  return seen.size <= most && isTransparent(value) && Reflect.ownKeys(value).every((key) => isCleanProperty(value, key, redact, seen));
}

/** Whether an object shows nothing but its own properties: an error, a list or a plain object, without a voice of its own. */
function isTransparent(value: object): boolean {
  if (value instanceof DOMException) return true;
  if (inspectCustom in value || "toJSON" in value) return false;
  return value instanceof Error || Array.isArray(value) || isPlain(value);
}

function isCleanProperty(value: object, key: string | symbol, redact: Redact, seen: Set<unknown>): boolean {
  const name = typeof key === "symbol" ? (key.description ?? "") : key;
  if (redact(name, name.length) !== name) return false;
  // In newer V8 the stack is an accessor; any other getter is the caller's.
  const isGetter = Object.getOwnPropertyDescriptor(value, key)?.get !== undefined;
  if (isGetter && !(value instanceof Error && key === "stack")) return false;
  return isClean(Reflect.get(value, key), redact, seen);
}

function copyOf(value: unknown, redact: Redact, depth: number): unknown {
  if (typeof value === "string") return redact(value);
  if (!(value instanceof Error)) return `(${typeof value === "object" ? "an object" : `a ${typeof value}`} that cannot be shown)`;
  const deeper = (inner: unknown) => (depth < 4 ? copyOf(inner, redact, depth + 1) : undefined);
  const { message, name, stack, cause, code, errors } = value as Error & { code?: unknown; errors?: unknown };
  const text = typeof message === "string" ? redact(message) : "";
  const options = cause === undefined ? undefined : { cause: deeper(cause) };
  const copy = Array.isArray(errors) ? new AggregateError(errors.slice(0, 10).map(deeper), text, options) : new Error(text, options);
  for (const [key, shown] of Object.entries({ name, stack, code })) {
    const kept = typeof shown === "string" ? redact(shown, longestStack) : typeof shown === "number" ? shown : undefined;
    if (kept !== undefined)
      Object.defineProperty(copy, key, { value: kept, configurable: true, writable: true, enumerable: key === "code" });
  }
  return copy;
}
