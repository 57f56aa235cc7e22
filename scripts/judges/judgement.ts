/** How the suites of the contract are named, in the order in which they are shown. */
export const suites = ["facts", "types", "mock", "proxy"] as const;
export type Suite = (typeof suites)[number];
/** What each suite objects to: empty lists are agreement. */
export type Judgement = Readonly<Record<Suite, readonly string[]>>;
