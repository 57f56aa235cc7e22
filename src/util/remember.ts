/** Adds a value to those that are remembered, and forgets the oldest when they become too many. */
export function remember(set: Set<string>, value: string, atMost: number): void {
  set.add(value);
  const [oldest] = set;
  if (set.size > atMost && oldest !== undefined) set.delete(oldest);
}
