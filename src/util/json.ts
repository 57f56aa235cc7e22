/**
 * The value of a JSON text, undefined when it is none. `JSON.parse` makes `__proto__` an own property: harmless here, not in the next program
 * that merges it. So it is left out, at every depth.
 */
export function parseJson(text: string): unknown {
  try {
    // A reviver is slow, and needs a deep stack for a deep text: only where the name may occur, written plainly or with an escape.
    const mayHoldIt = text.includes("__proto__") || (text.includes("\\u00") && /\\u00(5f|6f|7[024])/i.test(text));
    return mayHoldIt ? JSON.parse(text, withoutProto) : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function withoutProto(name: string, value: unknown): unknown {
  return name === "__proto__" ? undefined : value;
}

/** A copy of a value that was JSON once, without `__proto__` at any depth; undefined when it cannot be copied: it is too deep. */
export function copyJson(value: unknown): unknown {
  try {
    return value === undefined ? undefined : parseJson(JSON.stringify(value));
  } catch {
    return undefined;
  }
}
