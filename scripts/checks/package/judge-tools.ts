import { readFileSync } from "node:fs";
import { checkPackage, createPackageFromTarballData, type Problem } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

/**
 * What an ESM package cannot have: resolution as Node 10 did it, which knows no `exports`, and types for a `require` as TypeScript before 5.8
 * sees it, which takes no ESM. Both are judged where they can be: `npm run test:types` compiles a `require` with every TypeScript that takes it.
 */
const beyondEsm = new Set(["node10", "node16-cjs"]);

/** What publint says of the archive, suggestions included. */
export async function askPublint(archive: string): Promise<string[]> {
  const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(readFileSync(archive)).buffer }, strict: true });
  return messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false }) ?? message.code}`);
}

/** What "Are the types wrong?" says of the archive. */
export async function askAttw(archive: string): Promise<string[]> {
  // A YAML file has no types.
  const excludeEntrypoints = ["./openapi.yaml"];
  const result = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(archive))), { excludeEntrypoints });
  if (result.types === false) return ["attw: the package has no types"];
  return result.problems.filter((problem) => !isBeyondEsm(problem)).map((problem) => `attw: ${JSON.stringify(problem)}`);
}

const isBeyondEsm = (problem: Problem) => "resolutionKind" in problem && beyondEsm.has(problem.resolutionKind);
