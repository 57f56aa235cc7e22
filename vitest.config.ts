import { defineConfig } from "vitest/config";
import { partly } from "./scripts/checks/partly.ts";

/** Their files share one process: they leave nothing behind, and what they import takes longer to load than their tests take to run. */
const shared = [
  ...["facts", "unit", "checks", "contract", "azure", "lifecycle", "testing", "outside", "notifications", "judges", "faults", "workbench"],
  ...["cli", "journal", "recipes", "docs", "docs-all"],
];

/** The tests that measure memory, which others in their process would disturb. */
const load = ["test/faults/leak.test.ts", "test/faults/storm.test.ts"];

const all = { TEST_ALL: "1" };

/** One project for each stage of `npm test`. Time limits are small: no test waits by the clock, so a slow one hangs. */
const project = (name: string) => ({
  extends: true as const,
  test: { name, isolate: !shared.includes(name), include: [`test/${name}/**/*.test.ts`] },
});

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    // Much of the waiting is for time limits: a second worker pays even on two cores. In `npm test` most stages have one: scripts/checks/stages.ts.
    maxWorkers: 2,
    testTimeout: 10_000,
    hookTimeout: 10_000,
    teardownTimeout: 5_000,
    // Nobody counts dots in a log.
    reporters: [process.stdout.isTTY ? "dot" : "agent"],
    projects: [
      ...[
        "facts",
        "unit",
        "checks",
        "contract",
        "azure",
        "lifecycle",
        "testing",
        "cli",
        "outside",
        "notifications",
        "journal",
        "recipes",
        "judges",
        "workbench",
      ].map(project),
      // What measures memory has processes of its own: `load`.
      { ...project("faults"), test: { ...project("faults").test, exclude: load } },
      { ...project("load"), test: { ...project("load").test, include: load } },
      // What takes too long for `npm test`, here and below: `npm run test:all` runs it.
      {
        ...project("campaigns"),
        test: {
          ...project("campaigns").test,
          include: ["test/{checks,cli,faults,journal,judges,recipes,unit,workbench}/**/*.all.ts", ...partly.tests],
          env: all,
        },
      },
      // Build the site once, for all their files, and look at its pages in a browser: `docs` at some of each kind, `docs-all` at every one.
      ...[
        { name: "docs", include: ["test/docs/**/*.test.ts"] },
        { name: "docs-all", include: ["test/docs/**/*.all.ts", ...partly.docs], env: all },
      ].map((more) => ({
        ...project(more.name),
        test: { ...project(more.name).test, ...more, globalSetup: "test/docs/setup.ts", testTimeout: 120_000, hookTimeout: 120_000 },
      })),
    ],
  },
});
