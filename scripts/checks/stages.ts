// The stages of `npm test`, in the order in which each lane takes them.
import type { Stage } from "./runner/stage.ts";

const tests = (name: string, title: string, lane: Stage["lane"]): Stage => ({ name, title, lane, project: name });
/** The same for tests that wait for time limits, or may not share a process: two files at a time. */
const waitingTests = (...stage: Parameters<typeof tests>): Stage => ({ ...tests(...stage), workers: 2 });
/** By itself it has four threads, each of which works out what the types that they share are. */
const typecheck = ["node", "node_modules/typescript7/bin/tsc", "--noEmit", "--singleThreaded"] as const;

/**
 * Two lanes run side by side, and an idle one helps the other.
 * What takes longest comes first in `heavy`, so that it does not end alone; what fails most often comes first in `light`.
 */
export const stages: readonly Stage[] = [
  { name: "generated", title: "generated/ is up to date", lane: "light", command: ["node", "scripts/generate/main.ts", "--check"] },
  { name: "typecheck", title: "type check", lane: "light", command: typecheck },
  { name: "lint", title: "format and lint", lane: "light", command: ["biome", "check", "--diagnostic-level=warn", "."] },
  { name: "arrows", title: "arrows between the rooms", lane: "light", command: ["node", "scripts/checks/arrows.ts"] },
  { name: "limits", title: "lengths of files and functions", lane: "light", command: ["node", "scripts/checks/limits.ts"] },
  { name: "spec", title: "spec lint", lane: "light", command: ["node", "scripts/lint/main.ts"] },
  tests("facts", "facts of the spec", "light"),
  { name: "api", title: "public API report is up to date", lane: "light", command: ["node", "scripts/api/main.ts", "--check"] },
  // It waits a lot, for leases and for processes: others use the time.
  waitingTests("journal", "crashes, and more than one instance", "light"),
  tests("recipes", "recipes of the docs", "light"),
  tests("unit", "unit tests", "light"),
  tests("checks", "tests of these checks", "light"),
  tests("contract", "contract tests", "light"),
  tests("azure", "credentials of Azure", "light"),
  tests("cli", "command line", "light"),
  { name: "build", title: "dist/ is built", lane: "light", command: ["node", "scripts/build/main.ts"] },
  {
    name: "types",
    title: "types as consumers see them",
    lane: "light",
    command: ["node", "scripts/checks/types.ts", "--built", "--quick"],
    after: ["build"],
  },
  { name: "readme", title: "README", lane: "light", command: ["node", "scripts/checks/readme.ts", "--built"], after: ["build"] },
  { name: "package", title: "package", lane: "light", command: ["node", "scripts/checks/package.ts", "--built"], after: ["build"] },
  tests("workbench", "reviewers' workbench", "heavy"),
  tests("docs", "docs site and preview", "heavy"),
  tests("judges", "judges of spec edits", "heavy"),
  tests("lifecycle", "life of a recording", "heavy"),
  tests("outside", "recordings seen from outside", "heavy"),
  tests("notifications", "notifications", "light"),
  waitingTests("testing", "the fake and the monitor of order", "light"),
  waitingTests("faults", "faults", "heavy"),
  waitingTests("load", "load and leaks", "heavy"),
];
