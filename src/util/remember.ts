/** Adds a value to those that are remembered, and forgets the oldest when they become too many. */
export function remember(set: Set<string>, value: string, atMost: number): void {
  set.add(value);
  forgetOldest(set, atMost);
}

/** Forgets the oldest of what is remembered when it has become too much. */
export function forgetOldest(remembered: Set<string> | Map<string, unknown>, atMost: number): void {
  const [oldest] = remembered.keys();
  if (remembered.size > atMost && oldest !== undefined) remembered.delete(oldest);
}
