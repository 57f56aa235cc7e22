import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

export type Step = {
  readonly uses?: string;
  readonly run?: string;
  readonly name?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
};
export type Job = {
  readonly steps: readonly Step[];
  readonly permissions?: Permissions;
  readonly "timeout-minutes"?: number;
  readonly if?: string;
};
export type Permissions = Readonly<Record<string, string>>;
export type Workflow = {
  readonly jobs: Readonly<Record<string, Job>>;
  readonly permissions?: Permissions;
  readonly on: Readonly<Record<string, unknown>>;
};

export const readWorkflow = (path: string) => parse(readFileSync(path, "utf8")) as Workflow;

/** What a step said and wrote. */
export type Ran = { readonly status: number | null; readonly stdout: string; readonly summary: string; readonly outputs: string };

/** Runs a step's own lines as GitHub does, in a folder that stands for the checkout; `files` is for what GitHub itself keeps. */
export function runStep(
  run: string,
  { cwd, files, env }: { cwd: string; files: string; env: NodeJS.ProcessEnv },
  event: unknown = {},
): Ran {
  rmSync(files, { recursive: true, force: true });
  mkdirSync(files, { recursive: true });
  const [summary, outputs, eventPath] = ["summary.md", "outputs", "event.json"].map((name) => join(files, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(eventPath, JSON.stringify(event));
  const { status, stdout } = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", run], {
    cwd,
    env: { ...env, GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: outputs, GITHUB_EVENT_PATH: eventPath },
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const read = (path: string) => (existsSync(path) ? readFileSync(path, "utf8") : "");
  return { status, stdout, summary: read(summary), outputs: read(outputs) };
}
