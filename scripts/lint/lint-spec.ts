import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { readSpecText, specPath } from "../spec/document.ts";
import { readRevision } from "../spec/revision.ts";
import type { Tool } from "../tool/run-tool.ts";
import { lint } from "./lint.ts";
import { hintFor } from "./redocly-hints.ts";

const usage = `npm run lint:spec [-- <file>…]

Says whether the spec is a valid OpenAPI document and follows the project's rules. Without a file: ${specPath}.
Each line names the place, the rule, what is wrong and how to mend it. openapi/README.md explains the rules.

Exit code: 0 nothing to mend, 1 something to mend, 2 a file that cannot be read.`;

/** `npm run lint:spec`: the spec, or files in its form, one line for each thing to mend. */
export const lintSpec: Tool = async ({ args, root, out }) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { help: { type: "boolean", short: "h" } },
  });
  if (values.help) {
    out(usage);
    return 0;
  }
  let count = 0;
  for (const name of positionals.length === 0 ? [specPath] : positionals) {
    const file = resolve(root, name);
    const problems = await lint(root, readRevision(readSpecText(file), name), file);
    count += problems.length;
    for (const problem of problems) {
      const hint = hintFor(problem);
      out(
        `${name}:${problem.line}:${problem.column} ${problem.rule}: ${problem.message}${hint === undefined ? "" : ` To mend it: ${hint}.`}`,
      );
    }
    if (problems.length === 0) out(`${name}: nothing to mend.`);
  }
  return count === 0 ? 0 : 1;
};
