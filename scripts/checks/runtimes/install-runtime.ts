import { execFile } from "node:child_process";
import { existsSync, globSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../../tool/root.ts";

/** A runtime as npm has it. */
export type Packaged = {
  readonly name: string;
  /** Name and exact version. */
  readonly spec: string;
  /** Where its program is, below `node_modules/`; the first that is there. */
  readonly program: string;
};

const run = promisify(execFile);

/** The runtime's program, installed once; or why there is none. Scripts of packages do not run: the programs are in packages of their own. */
export async function installRuntime({ spec, program }: Packaged): Promise<{ readonly program: string } | { readonly missing: string }> {
  const folder = join(root, ".runtimes", spec.replaceAll(/[@/]/g, "-").replace(/^-/, ""));
  const find = () => globSync(join(folder, "node_modules", program).replaceAll("\\", "/"))[0];
  const found = existsSync(join(folder, ".complete")) ? find() : undefined;
  if (found !== undefined) return { program: found };
  try {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
    const args = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--save-exact", spec];
    await run("npm", args, { cwd: folder, shell: process.platform === "win32" });
    const installed = find();
    if (installed === undefined) return { missing: "its package has no program for this platform" };
    await run(installed, ["--version"]);
    writeFileSync(join(folder, ".complete"), "");
    return { program: installed };
  } catch (error) {
    const { stderr = "", message } = error as { stderr?: string; message: string };
    const [line] = /^npm error (?!code).+$/m.exec(stderr) ?? [message.split("\n")[0] ?? ""];
    return { missing: line.replace("npm error ", "") };
  }
}
