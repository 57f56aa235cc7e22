/** Median with the smallest and the largest. */
export type Spread = { readonly median: number; readonly min: number; readonly max: number };

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: sorted[sorted.length >> 1] ?? Number.NaN, min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN };
}

/** Each round's value divided by the same round's value of the reference: what slows the machine slows both. */
export function ratiosTo(reference: readonly number[], values: readonly number[]): Spread {
  return spreadOf(values.map((value, round) => value / (reference[round] ?? Number.NaN)));
}

/** The same list, begun at another place in each round: nobody is always the first. */
export function rotated<T>(list: readonly T[], by: number): T[] {
  const start = by % list.length;
  return [...list.slice(start), ...list.slice(0, start)];
}

export function inWords({ median, min, max }: Spread, digits = 2): string {
  return `${median.toFixed(digits)} (${min.toFixed(digits)}–${max.toFixed(digits)})`;
}
