// `npm run limits`: no file and no function is longer than biome.json says, but for the exceptions that are listed with a reason.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { root } from "../tool/root.ts";
import { runTool } from "../tool/run-tool.ts";
import { exceptions } from "./limits/exceptions.ts";
import { judgeLimits } from "./limits/judge-limits.ts";
import { readExcess } from "./limits/read-excess.ts";

const lineOf = (file: string, line: number) => readFileSync(`${root}${file}`, "utf8").split("\n")[line - 1] ?? "";

/** The groups that hold neither of the two rules: `npm run lint` runs them. */
const skipped = ["a11y", "correctness", "nursery", "performance", "security", "suspicious"].map((group) => `--skip=${group}`);

/** Not `--only`: with it biome applies the limit where an override lifts it. */
const args = ["lint", ...skipped, "--reporter=json", "--max-diagnostics=none", "."];

await runTool(() => {
  const shell = process.platform === "win32";
  const { stdout, stderr, error } = spawnSync("biome", args, { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024, shell });
  if (error !== undefined) throw error;
  if (!stdout.startsWith("{")) throw new Error(`biome gave no report: ${stderr}`);
  const problems = judgeLimits(readExcess(stdout, lineOf), exceptions);
  for (const problem of problems) console.error(problem);
  if (problems.length === 0) console.log(`ok: every length within its limit, ${exceptions.length} exceptions`);
  return problems.length === 0 ? 0 : 1;
});
