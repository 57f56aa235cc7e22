import { defineConfig } from "vitest/config";

/** One project for each stage of `npm test`. Time limits are small: no test waits by the clock, so a slow one hangs. */
const project = (name: string) => ({
  extends: true as const,
  // Contract files share Prism, whose import takes longer than their tests.
  test: { name, isolate: name !== "contract", include: [`test/${name}/**/*.test.ts`] },
});

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    // Much of the waiting is for time limits: a second worker pays even on two cores.
    maxWorkers: 2,
    testTimeout: 10_000,
    hookTimeout: 10_000,
    teardownTimeout: 5_000,
    reporters: ["dot"],
    projects: [
      ...["facts", "unit", "contract", "azure", "faults", "lifecycle", "outside", "judges", "workbench"].map(project),
      // Builds the site once, for all its files, and looks at a hundred pages in a browser.
      {
        ...project("docs"),
        test: { ...project("docs").test, globalSetup: "test/docs/setup.ts", testTimeout: 240_000, hookTimeout: 120_000 },
      },
    ],
  },
});
