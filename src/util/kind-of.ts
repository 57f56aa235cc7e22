/** What was given instead, for the end of a message: its kind, never its text, which may be a secret. */
export function given(value: unknown): string {
  return `${kindOf(value)} was given${isThenable(value) ? ": await it first." : "."}`;
}

function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null || typeof value === "number") return String(value);
  if (typeof value === "function") return isClass(value) ? `the class ${value.name}` : "a function";
  const kind = typeof value === "object" ? tagOf(value) : typeof value;
  return `${/^[aeio]/i.test(kind) ? "an" : "a"} ${kind}`;
}

/** `Date` for a date, `AbortSignal` for a signal; `object` for plain objects and for instances of most classes. */
function tagOf(value: object): string {
  const tag = Object.prototype.toString.call(value).slice("[object ".length, -1);
  return tag === "Object" || tag === "Array" ? tag.toLowerCase() : tag;
}

/** Whether a function is a class, which cannot be called. */
export function isClass(value: unknown): value is { readonly name: string } {
  return typeof value === "function" && /^class\b/.test(Function.prototype.toString.call(value));
}

export function isThenable(value: unknown): boolean {
  return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
}

/** Whether a value can hold named arguments: a plain object, an instance of a class or a module; no list, date, map, signal or promise. */
export function isArguments(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && /^(object|Module)$/.test(tagOf(value)) && !isThenable(value);
}

/** Whether an object is made by hand or from JSON, not by a class: then its names are all that it is. */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
