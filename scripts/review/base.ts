import { execFileSync } from "node:child_process";
import { specPath } from "../spec/document.ts";
import { BadInput } from "../tool/bad-input.ts";
import type { Invocation } from "../tool/run-tool.ts";

/** What the working tree is compared with. */
export type Base = {
  /** As the reader knows it: `main (1d1d1e4)`. */
  readonly name: string;
  /** A file's text there; `undefined` where it has none. */
  read(path: string): string | undefined;
};

/** The given ref; else where this work left the main branch, so that commits of a pull request are judged together with what is not committed. */
export function findBase({ root, env }: Pick<Invocation, "root" | "env">, ref: string | undefined): Base {
  const git = gitIn(root);
  const { name, commit } = ref === undefined ? defaultBase(git, env.GITHUB_BASE_REF) : { name: ref, commit: commitOf(git, ref) };
  if (commit === undefined) throw new BadInput(`--base: git knows no ${JSON.stringify(name)}.`);
  // A commit does not change, and each question costs a process.
  const read = new Map<string, string | undefined>();
  const base: Base = {
    name: `${name} (${commit.slice(0, 7)})`,
    read(path) {
      const text = read.has(path) ? read.get(path) : git("show", `${commit}:${path}`)?.replaceAll("\r\n", "\n");
      read.set(path, text);
      return text;
    },
  };
  if (base.read(specPath) === undefined) throw new BadInput(`--base: ${base.name} has no ${specPath}.`);
  return base;
}

/** `target`: where a pull request leads. */
function defaultBase(git: Git, target: string | undefined): { name: string; commit: string } {
  if (commitOf(git, "HEAD") === undefined) throw new BadInput("There is no commit to compare with: commit once, or give --base <git ref>.");
  const branches = target ? [`origin/${target}`] : ["origin/HEAD", "origin/main", "origin/master", "main", "master"];
  // One question for all: each costs a process.
  const known = git(
    "for-each-ref",
    "--format=%(refname:lstrip=2)",
    ...["remotes", "heads"].flatMap((kind) => branches.map((one) => `refs/${kind}/${one}`)),
  );
  const branch = branches.find((one) => known?.split("\n").includes(one));
  // The last commit is no substitute: what is committed would be compared with itself, and change nothing.
  if (branch === undefined)
    throw new BadInput(
      `There is no ${target ? branches[0] : "main branch"} to compare with: fetch it, or give --base <git ref>; --base HEAD judges what is not committed yet.`,
    );
  const commit = git("merge-base", branch, "HEAD")?.trim();
  if (commit === undefined)
    throw new BadInput(
      `git finds no commit that ${branch} and HEAD share: fetch the whole history (not a shallow clone), or give --base <git ref>.`,
    );
  return { name: "the main branch", commit };
}

function commitOf(git: Git, ref: string): string | undefined {
  // A ref is never an option: git would take "--output=file" for one.
  return ref.startsWith("-") ? undefined : git("rev-parse", "--verify", "--quiet", `${ref}^{commit}`)?.trim();
}

/** Runs git; `undefined` where it fails. */
type Git = (...args: string[]) => string | undefined;

function gitIn(root: string): Git {
  return (...args) => {
    try {
      return execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 64 * 1024 * 1024 });
    } catch {
      return undefined;
    }
  };
}
