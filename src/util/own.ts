/** An object of the caller's, of which only own properties count: a polluted prototype changes nothing. */
export type Bag = { readonly [name: string]: unknown };

export function isBag(value: unknown): value is Bag {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads an own property, once; undefined when it is inherited or missing. */
export function own(bag: Bag, name: string): unknown {
  return Object.hasOwn(bag, name) ? bag[name] : undefined;
}

/** Copies the own, enumerable, string-named properties once, without a prototype: later changes by the caller are not seen. */
export function ownCopy(bag: Bag): Bag {
  const copy: Record<string, unknown> = Object.create(null);
  for (const name of Object.keys(bag)) copy[name] = bag[name];
  return copy;
}

/** Whether a member of a union is the one with this property: `in` would take a polluted prototype's. */
export function has<T extends object, K extends PropertyKey>(value: T, name: K): value is Extract<T, { readonly [P in K]: unknown }> {
  return Object.hasOwn(value, name);
}
