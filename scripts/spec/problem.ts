/** What is wrong with the document, at a place. */
export type Problem = {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
};
