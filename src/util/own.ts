/** An object that the caller gave as an argument. */
export type Bag = { readonly [name: string]: unknown };

export function isBag(value: unknown): value is Bag {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Reads a property of an argument, once. What its class defines counts, a getter too; what stands on `Object.prototype` does not, so that a
 * polluted one sends no token elsewhere. This is the only place that looks for it: inside the library, code is plain.
 */
export function own(bag: Bag, name: string): unknown {
  for (let holder: object | null = bag; holder !== null && holder !== Object.prototype; holder = Object.getPrototypeOf(holder)) {
    if (Object.hasOwn(holder, name)) return bag[name];
  }
  return undefined;
}
