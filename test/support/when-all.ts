/** Defines tests that `npm test` has no time for: `npm run test:all` runs them, in the same file (scripts/checks/partly.ts). */
export function whenAll(define: () => void): void {
  if (process.env.TEST_ALL === "1") define();
}
