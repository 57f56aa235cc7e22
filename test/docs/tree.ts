import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { callTool, type Tool } from "../../scripts/tool/run-tool.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const copied = [
  "scripts",
  "src",
  "generated",
  "openapi",
  "README.md",
  "docs",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "tsconfig.build.json",
];
/** A build takes six seconds on two quiet cores. */
export const timeLimitMs = 90_000;

/** A copy of the repository, as far as the docs need it: the site of whoever runs the tests is left alone. */
export type Tree = {
  readonly folder: string;
  read(path: string): string;
  /** Replaces text in a file; fails when it is not there. */
  edit(path: string, from: string | RegExp, to: string): void;
  write(path: string, text: string): void;
  /** Renames a file or folder, over whatever has the new name. */
  move(from: string, to: string): void;
  /** The command as it is typed, in a process of its own. */
  run(script: "docs" | "preview", args?: readonly string[]): Promise<Ended>;
  /** The same in this process, on this tree. */
  call(tool: Tool, args?: readonly string[]): Promise<Ended>;
  remove(): void;
};
export type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

export function makeTree(name: string): Tree {
  const folder = `${realpathSync(mkdtempSync(join(tmpdir(), `docs-${name}-`)))}${sep}`;
  for (const path of copied) cpSync(root + path, folder + path, { recursive: true });
  symlinkSync(`${root}node_modules`, `${folder}node_modules`, "junction");
  return openTree(folder);
}

export function openTree(folder: string): Tree {
  const read = (path: string) => readFileSync(folder + path, "utf8");
  const write = (path: string, text: string) => writeFileSync(folder + path, text);
  return {
    folder,
    read,
    write,
    edit(path, from, to) {
      const text = read(path);
      const edited = text.replace(from, () => to);
      if (edited === text) throw new Error(`${path} has no ${from}.`);
      write(path, edited);
    },
    run: (script, args = []) =>
      new Promise((resolve) => {
        const options = { cwd: folder, timeout: timeLimitMs, env: { ...process.env, NO_COLOR: "1" } };
        execFile(process.execPath, [`scripts/${script}/main.ts`, ...args], options, (error, stdout, stderr) => {
          resolve({ code: error === null ? 0 : typeof error.code === "number" ? error.code : -1, stdout, stderr });
        });
      }),
    move(from, to) {
      rmSync(folder + to, { recursive: true, force: true });
      renameSync(folder + from, folder + to);
    },
    call: async (tool, args = []) => {
      const ended = { stdout: "", stderr: "" };
      const code = await callTool(tool, {
        args,
        root: folder,
        env: {},
        out: (text) => (ended.stdout += `${text}\n`),
        err: (text) => (ended.stderr += `${text}\n`),
      });
      return { code, ...ended };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The files below a folder, with `/`, in order. */
export function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll(sep, "/")).toSorted();
}
