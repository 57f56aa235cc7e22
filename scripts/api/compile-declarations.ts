import { cp, mkdir, symlink, writeFile } from "node:fs/promises";
import { BadInput } from "../tool/bad-input.ts";
import { runNode } from "../tool/run-node.ts";

/** What the compiler refuses; `file` is relative to the repository's root. */
export type Problem = { file: string; line: number; message: string };

/** Lays out the package in an empty folder as it would be with these generated files. */
export async function layOutPackage(root: string, folder: string, generatedFiles: ReadonlyMap<string, string>): Promise<void> {
  for (const name of generatedFiles.keys())
    if (!/^[\w-][\w.-]*\.ts$/.test(name))
      throw new BadInput(`${JSON.stringify(name)} is no name of a generated file, such as "types.gen.ts".`);
  await mkdir(`${folder}generated`);
  await Promise.all([
    ...["src", "package.json", "tsconfig.json", "tsconfig.build.json"].map((name) => cp(root + name, folder + name, { recursive: true })),
    ...[...generatedFiles].map(([name, text]) => writeFile(`${folder}generated/${name}`, text)),
    symlink(`${root}node_modules`, `${folder}node_modules`, "junction"),
  ]);
}

/** Builds a folder that was laid out: dist/ as `npm run build` makes it, but declarations only, and without comments. */
export async function compileDeclarations(root: string, folder: string): Promise<Problem[]> {
  // TypeScript 7: the same declarations as from 5, in a fifth of the time. One thread takes as long as its four, which all work out the shared types.
  const compiler = `${root}node_modules/typescript7/bin/tsc`;
  const options = ["--emitDeclarationOnly", "--removeComments", "--newLine", "lf", "--pretty", "false", "--singleThreaded"];
  const { code, stdout, stderr } = await runNode([compiler, "-p", "tsconfig.build.json", ...options], { cwd: folder });
  const problems = parseProblems(stdout + stderr, folder);
  if (code !== 0 && problems.length === 0) throw new Error(`The compiler ended with ${code}: ${stdout}${stderr}`);
  return problems;
}

/** Reads `src/operation.ts(12,5): error TS2345: …` and the indented lines that follow it. */
export function parseProblems(output: string, folder: string): Problem[] {
  const problems: Problem[] = [];
  for (const line of output.replaceAll(folder, "").split(/\r?\n/)) {
    const [, file, row, message] = /^(\S.*?)\((\d+),\d+\): error (.*)$/.exec(line) ?? [];
    const last = problems.at(-1);
    if (file !== undefined) problems.push({ file: file.replaceAll("\\", "/"), line: Number(row), message: message ?? "" });
    else if (last !== undefined && /^\s+\S/.test(line)) last.message += `\n${line}`;
  }
  return problems;
}
