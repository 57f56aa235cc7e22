// `node scripts/checks/workflow-script.ts`: puts .github/review-comment.js, where it is formatted, linted and edited, into the workflow that runs it,
// which checks out nothing. test/checks/workflows.test.ts says when they differ.
import { readFileSync, writeFileSync } from "node:fs";
import { runTool } from "../tool/run-tool.ts";

const [source, workflow] = [".github/review-comment.js", ".github/workflows/review-comment.yml"];
/** The script is the last thing in the workflow. */
const before = "          script: |\n";

await runTool(({ root, out }) => {
  const known = readFileSync(root + workflow, "utf8");
  const script = readFileSync(root + source, "utf8").replaceAll(/^(?=.)/gm, " ".repeat(12));
  writeFileSync(root + workflow, known.slice(0, known.indexOf(before) + before.length) + script);
  out(`${workflow} holds ${source}`);
  return 0;
});
