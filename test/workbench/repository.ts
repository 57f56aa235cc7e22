import { execFile, execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { specPath } from "../../scripts/spec/document.ts";
import { root } from "../../scripts/tool/root.ts";
import type { Tool } from "../../scripts/tool/run-tool.ts";
import { call, type Run } from "./call.ts";

/** What the tools that are run there read, or are. */
const needed = [
  ...["openapi", "generated", "src", "scripts", "test/types/public-api"],
  ...["CHANGELOG.md", "package.json", "tsconfig.json", "tsconfig.build.json", ".gitignore"],
];

/** A copy of this repository, as far as it is needed, uncommitted work included, with one commit: a tool may be run and may write there. */
export type Repository = {
  readonly folder: string;
  /** Calls a tool in this process. */
  call(tool: Tool, ...args: readonly string[]): Promise<Run>;
  /** The same as it is typed: in a process of its own, without a terminal. */
  run(script: string, ...args: readonly string[]): Promise<Run>;
  git(...args: readonly string[]): string;
  read(path: string): string | undefined;
  write(path: string, text: string): void;
  /** Edits the spec; the text must be there. */
  edit(from: string | RegExp, to: string): void;
  /** Everything as it was committed, `review/` gone. */
  reset(): void;
  remove(): void;
};

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

/** `parts`: what of the repository is copied; none: all of it. Where Microsoft's metadata lies beside this one, it lies beside a whole copy, too. */
export function createRepository(parts: readonly string[] = needed): Repository {
  // What lies next to a repository is looked at, too: nothing that anybody else keeps for temporary may.
  const surroundings = mkdtempSync(join(tmpdir(), "recording-status-"));
  // A person's folder may have such a name: whatever takes a URL's path for a file's finds nothing there.
  const folder = join(surroundings, "repository zur Prüfung");
  mkdirSync(folder);
  const paths = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ...parts], {
    cwd: root,
    encoding: "utf8",
  });
  for (const path of paths.split("\0").filter((one) => one !== "" && existsSync(root + one))) copy(root + path, join(folder, path));
  if (parts.length === 0 && existsSync(`${root}../shared`))
    symlinkSync(realpathSync(`${root}../shared`), join(surroundings, "shared"), "junction");
  symlinkSync(`${root}node_modules`, join(folder, "node_modules"), "junction");
  const who = ["-c", "user.name=Test", "-c", "user.email=test@localhost", "-c", "maintenance.auto=false"];
  const git = (...args: readonly string[]) =>
    execFileSync("git", [...who, ...args], { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  const read = (path: string) => (existsSync(join(folder, path)) ? readFileSync(join(folder, path), "utf8") : undefined);
  const write = (path: string, text: string) => {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  git("init", "--quiet", "--initial-branch=main");
  // Into one pack: a file for each object would take longer.
  git("-c", "core.bigFileThreshold=1", "add", "--all");
  git("commit", "--quiet", "--message=As it is");
  const { CI: _, GITHUB_BASE_REF: __, FORCE_COLOR: ___, ...env } = process.env;
  return {
    folder,
    git,
    read,
    write,
    edit(from, to) {
      const before = read(specPath) ?? "";
      // In a replacement for a plain text, "$" means itself.
      const after = typeof from === "string" ? before.replace(from, () => to) : before.replace(from, to);
      if (after === before) throw new Error(`The spec has no ${from}: correct the edit.`);
      write(specPath, after);
    },
    call: (tool, ...args) => call(tool, `${folder}/`, ...args),
    run: (script, ...args) =>
      new Promise((resolve) => {
        const options = { cwd: folder, env, timeout: 60_000, maxBuffer: 64 * 1024 * 1024 };
        execFile(process.execPath, [`scripts/${script}/main.ts`, ...args], options, (error, stdout, stderr) =>
          resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr }),
        );
      }),
    reset() {
      git("checkout", "--quiet", "--force", "main");
      git("clean", "--quiet", "-d", "--force", "-x", "--exclude=node_modules");
    },
    remove: () => rmSync(surroundings, { recursive: true, force: true }),
  };
}
