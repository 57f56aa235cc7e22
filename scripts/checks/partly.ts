/** Files of which `npm test` runs only a part; the other tests are in `whenAll` (test/support/when-all.ts). */
export const partly = {
  tests: [
    "faults/order-property",
    "journal/fleet",
    "judges/judge",
    "unit/token-memory",
    "workbench/{mutants,mutate,public-api,public-api-command,public-api-problems,redocly,review}",
  ].map((name) => `test/${name}.test.ts`),
  docs: ["test/docs/{browser,preview,try-it}.test.ts"],
};
