// `npm test`: everything that must hold, the fast stages first; stops at the first stage that fails.
import { keepCompiledCode } from "../tool/compile-cache.ts";
import { run } from "../tool/run.ts";

const stages: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  ["generated/ is up to date", "node", "scripts/generate/main.ts", "--check"],
  ["facts of the spec", "vitest", "run", "--project", "facts"],
  ["spec lint", "node", "scripts/lint/main.ts"],
  ["format and lint", "biome", "check", "."],
  ["type check", "node", "node_modules/typescript/bin/tsc", "--noEmit"],
  ["public API report is up to date", "node", "scripts/api/main.ts", "--check"],
  ["unit tests", "vitest", "run", "--project", "unit"],
  ["contract tests", "vitest", "run", "--project", "contract"],
  ["judges of spec edits", "vitest", "run", "--project", "judges"],
  ["reviewers' workbench", "vitest", "run", "--project", "workbench"],
  ["life of a recording", "vitest", "run", "--project", "lifecycle"],
  ["credentials of Azure", "vitest", "run", "--project", "azure"],
  ["faults, load and leaks", "vitest", "run", "--project", "faults"],
  ["types as consumers see them", "node", "scripts/checks/types.ts"],
  ["README", "node", "scripts/checks/readme.ts"],
  ["docs site and preview", "vitest", "run", "--project", "docs"],
  ["package", "node", "scripts/checks/package.ts"],
];

// Many tests start the same programs.
keepCompiledCode();

const began = performance.now();
const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

for (const [index, [name, command, ...args]] of stages.entries()) {
  const title = `[${index + 1}/${stages.length}] ${name}`;
  const since = performance.now();
  console.log(`\n${title}`);
  const code = await run(command, args);
  if (code !== 0) {
    console.error(`\n${title}: FAILED after ${seconds(since)}. Again, by itself: npx ${[command, ...args].join(" ")}`);
    process.exit(code);
  }
  console.log(`${title}: passed in ${seconds(since)}`);
}
console.log(`\nAll ${stages.length} stages passed in ${seconds(began)}.`);
