import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { deflateSync, inflateSync } from "node:zlib";
import { parse } from "yaml";
import { root } from "../../scripts/tool/root.ts";

const workflow = parse(readFileSync(`${root}.github/workflows/review-comment.yml`, "utf8"));
const script: string = workflow.jobs.comment.steps[0].with.script;

/** As actions/github-script makes a function of it. */
const AsyncFunction = (async () => {}).constructor as new (...text: string[]) => (...args: unknown[]) => Promise<void>;
const runScript = new AsyncFunction("github", "context", "core", "require", script);

export type Comment = { readonly id: number; readonly user: { readonly login: string }; body: string };

/** A pull request of a fork, the run that judged it, and what that run left. */
export type World = {
  readonly run: { id: number; head_sha: string; head_branch: string; head_repository: { full_name: string } | null };
  readonly pull: {
    state: string;
    changed_files: number;
    head: { sha: string; ref: string; repo: { full_name: string } | null };
    base: { repo: { full_name: string } };
  };
  artifacts: { id: number; name: string; expired: boolean; size_in_bytes: number }[];
  /** The files of each artifact, by the artifact's id; a buffer is a real archive. */
  readonly files: Map<number, Record<string, string> | Buffer>;
  /** What the pull request changes. */
  changed: string[];
  readonly comments: Comment[];
  readonly notices: string[];
  /** What the script asked of GitHub that changes something. */
  readonly written: string[];
};

export function createWorld(files: Record<string, string> | Buffer): World {
  const [sha, branch, fork] = ["8f4e1c2a".repeat(5), "edit", "somebody/recording"];
  return {
    run: { id: 77, head_sha: sha, head_branch: branch, head_repository: { full_name: fork } },
    pull: {
      state: "open",
      changed_files: 1,
      head: { sha, ref: branch, repo: { full_name: fork } },
      base: { repo: { full_name: "owner/recording" } },
    },
    artifacts: [
      { id: 1, name: "review-report", expired: false, size_in_bytes: 4_000 },
      { id: 2, name: "docs-site", expired: false, size_in_bytes: 5_000_000 },
    ],
    files: new Map([[1, files]]),
    changed: ["openapi/recording-status.yaml"],
    comments: [],
    notices: [],
    written: [],
  };
}

/** Runs the workflow's own text with this world in the place of GitHub. */
export function runComment(world: World): Promise<void> {
  const context = { repo: { owner: "owner", repo: "recording" }, serverUrl: "https://github.com", payload: { workflow_run: world.run } };
  return runScript(githubOf(world), context, { notice: (text: string) => world.notices.push(text) }, requireOf());
}

type Args = { readonly [name: string]: unknown };

function githubOf({ artifacts, files, pull, changed, comments, written }: World) {
  const ours = ({ owner, repo }: Args) => {
    if (owner !== "owner" || repo !== "recording") throw new Error("asked about another repository");
  };
  const zipped = (content: Record<string, string> | Buffer | undefined) =>
    Buffer.isBuffer(content) ? content : deflateSync(JSON.stringify(content));
  const answer = (reply: (args: Args) => unknown) => async (args: Args) => {
    ours(args);
    return { data: reply(args) };
  };
  return {
    paginate: async (method: (args: Args) => Promise<{ data: unknown }>, args: Args) => (await method(args)).data,
    rest: {
      actions: {
        listWorkflowRunArtifacts: answer(({ run_id }) => (run_id === 77 ? artifacts : [])),
        downloadArtifact: answer(({ artifact_id }) => new Uint8Array(zipped(files.get(Number(artifact_id)))).buffer),
      },
      pulls: {
        get: answer(({ pull_number }) => {
          if (pull_number !== 7) throw new Error("Not Found");
          return pull;
        }),
        listFiles: answer(({ pull_number }) => (pull_number === 7 ? changed.map((filename) => ({ filename })) : [])),
      },
      issues: {
        listComments: answer(({ issue_number }) => (issue_number === 7 ? comments : [])),
        createComment: answer(({ issue_number, body }) => {
          written.push(`create in ${issue_number}`);
          comments.push({ id: 1000 + comments.length, user: { login: "github-actions[bot]" }, body: `${body}` });
        }),
        updateComment: answer(({ comment_id, body }) => {
          written.push(`update ${comment_id}`);
          for (const comment of comments) if (comment.id === comment_id) comment.body = `${body}`;
        }),
      },
    },
  };
}

/** Node's own `require`; `unzip`, which not every machine has, reads the archives of these tests, which are deflated JSON. Real ones are left to the real one. */
function requireOf() {
  const require = createRequire(import.meta.url);
  const { execFileSync } = require("node:child_process");
  const unzip = (program: string, [how, archive = "", name = ""]: string[], options: { maxBuffer: number }) => {
    const bytes = readFileSync(archive);
    if (program !== "unzip" || bytes.subarray(0, 2).toString() === "PK")
      return execFileSync(program, [how, archive, name].filter(Boolean), options);
    const files: Record<string, string> = JSON.parse(inflateSync(bytes).toString());
    const said = how === "-Z1" ? `${Object.keys(files).join("\n")}\n` : (files[name] ?? "");
    if (Buffer.byteLength(said) > options.maxBuffer) throw new Error("spawnSync unzip ENOBUFS");
    return said;
  };
  return (name: string) => (name === "node:child_process" ? { execFileSync: unzip } : require(name));
}
