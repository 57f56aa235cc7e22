import { execFileSync } from "node:child_process";
import { root, specPath } from "../spec.ts";
import { BadInput } from "../tool.ts";

/** What the working tree is compared with. */
export type Base = {
  /** As the reader knows it: `main (1d1d1e4)`. */
  readonly name: string;
  /** A file's text there; `undefined` where it has none. */
  read(path: string): string | undefined;
};

/** The given ref; else where this work left the main branch, so that commits of a pull request are judged together with what is not committed. */
export function findBase(ref: string | undefined): Base {
  const commit = ref === undefined ? defaultCommit() : commitOf(ref);
  if (commit === undefined)
    throw new BadInput(
      ref === undefined
        ? "There is no commit to compare with: commit once, or give --base <git ref>."
        : `--base: git knows no ${JSON.stringify(ref)}.`,
    );
  const base: Base = {
    name: `${ref ?? "the main branch"} (${commit.slice(0, 7)})`,
    read: (path) => git("show", `${commit}:${path}`)?.replaceAll("\r\n", "\n"),
  };
  if (base.read(specPath) === undefined) throw new BadInput(`--base: ${base.name} has no ${specPath}.`);
  return base;
}

function defaultCommit(): string | undefined {
  const target = process.env.GITHUB_BASE_REF;
  const branches = [...(target ? [`origin/${target}`] : []), "origin/HEAD", "origin/main", "main"];
  const branch = branches.find((one) => commitOf(one) !== undefined);
  return (branch === undefined ? undefined : git("merge-base", branch, "HEAD")?.trim()) ?? commitOf("HEAD");
}

function commitOf(ref: string): string | undefined {
  // A ref is never an option: git would take "--output=file" for one.
  return ref.startsWith("-") ? undefined : git("rev-parse", "--verify", "--quiet", `${ref}^{commit}`)?.trim();
}

function git(...args: string[]): string | undefined {
  try {
    return execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 64 * 1024 * 1024 });
  } catch {
    return undefined;
  }
}
