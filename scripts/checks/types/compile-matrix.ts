import { execFile } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../../tool/root.ts";
import { type Ended, runNode } from "../../tool/run-node.ts";
import { inTemporaryFolder } from "../../tool/temporary-folder.ts";
import { installLocked } from "../install-locked.ts";
import { pack } from "../package/pack.ts";
import { type Row, rows, type Scratch, scratches } from "./matrix.ts";

const compilersFolder = `${root}tools/compilers/`;
const sources = `${root}test/types/matrix/`;
const shell = process.platform === "win32";
/** Longer than a compiler takes on a slow machine. */
const timeoutMs = 120_000;

/** Installs the packed tarball as consumers would, and compiles what they write, by the compilers and with the settings that they may have. */
export async function compileMatrix(out: (text: string) => void): Promise<boolean> {
  installLocked(compilersFolder, "the compilers of tools/compilers/", out);
  return inTemporaryFolder(async (temporary) => {
    const { archive } = pack(temporary);
    for (const scratch of Object.keys(scratches) as Scratch[]) await installInto(join(temporary, scratch), archive, scratches[scratch]);
    const failures = new Map<Row, string[]>(rows.map((row) => [row, []]));
    const jobs = rows.flatMap((row, index) => row.compilers.map((compiler) => ({ row, index, compiler })));
    const work = async () => {
      for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
        const said = await compile(join(temporary, job.row.scratch), job.row, `${job.index}-${job.compiler}`, job.compiler);
        if (said !== undefined) failures.get(job.row)?.push(`  TypeScript ${job.compiler} says:\n${said}`);
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, work));
    for (const [{ title, compilers }, said] of failures)
      out(said.length === 0 ? `ok: ${title}: TypeScript ${compilers.join(", ")}` : [`FAILED: ${title}`, ...said].join("\n"));
    return [...failures.values()].every((said) => said.length === 0);
  });
}

async function installInto(scratch: string, archive: string, others: readonly string[]): Promise<void> {
  mkdirSync(scratch);
  writeFileSync(join(scratch, "package.json"), JSON.stringify({ private: true, type: "module" }));
  cpSync(`${root}test/types/consumer.ts`, join(scratch, "consumer.ts"));
  for (const name of ["every-entry.ts", "common.cts"]) cpSync(sources + name, join(scratch, name));
  const args = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", archive, ...others];
  await promisify(execFile)("npm", args, { cwd: scratch, shell });
}

/** What the compiler says, if it refuses. */
async function compile(scratch: string, row: Row, name: string, compiler: string): Promise<string | undefined> {
  const compilerOptions = { target: "ES2022", noEmit: true, skipLibCheck: false, ...row.options };
  const project = join(scratch, `tsconfig.${name}.json`);
  writeFileSync(project, JSON.stringify({ compilerOptions, files: row.files }));
  const tsc = `${compilersFolder}node_modules/typescript-${compiler}/bin/tsc`;
  const { code, stdout, stderr }: Ended = await runNode([tsc, "-p", project], { cwd: scratch, timeoutMs });
  if (code === 0) return undefined;
  const lines = `${stdout}${stderr}`.trim().split("\n").slice(0, 10);
  return [`ended with ${code}`, ...lines].map((line) => `    ${line}`).join("\n");
}
