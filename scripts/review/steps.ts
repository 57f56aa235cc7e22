import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile, generate, staleFiles } from "../generate.ts";
import type { Judgement, MutationReport } from "../mutate/report.ts";
import { readDocument, root, sha256, specPath } from "../spec.ts";
import type { Base } from "./base.ts";
import type { Findings } from "./findings.ts";
import { type RatedChange, rateChanges } from "./redocly.ts";
import { type FileDiff, fileDiffs } from "./side-by-side.ts";

/** Where files are put that other programs must read; removed at the end. */
export async function inTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "recording-status-review-"));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function rate(baseText: string, revisionText: string, folder: string): Promise<RatedChange[]> {
  const [base, revision] = [join(folder, "base.yaml"), join(folder, "revision.yaml")];
  await Promise.all([writeFile(base, baseText), writeFile(revision, revisionText)]);
  return rateChanges(base, revision);
}

/** What changes in `generated/`, the headers with their checksums aside, and whether the working tree's is up to date. */
export async function compareGenerated(baseText: string, revisionText: string): Promise<Pick<Findings, "generated" | "stale">> {
  const [before, after, files] = [
    await compile(readDocument(baseText)),
    await compile(readDocument(revisionText)),
    await generate(revisionText),
  ];
  return { generated: fileDiffs(before, after), stale: staleFiles(`${root}generated/`, files) };
}

/** What changes in the public API, and what of `src/` would not compile. */
export async function compareSurface(
  base: Base,
  revisionText: string,
  folder: string,
): Promise<Pick<Findings, "surface" | "compileProblems">> {
  const generated = join(folder, "generated");
  await mkdir(generated);
  for (const [name, text] of await generate(revisionText)) await writeFile(join(generated, name), text);
  const output = await node(["scripts/public-api.ts", "--generated", generated, "--json"]);
  const { report, problems } = JSON.parse(output) as { report: Record<string, string>; problems: Findings["compileProblems"] };
  const after = new Map(Object.entries(report));
  const committed = [...after.keys()].map((file): [string, string] => [
    file,
    base.read(publicApiFolder + file) ?? readIfThere(publicApiFolder + file),
  ]);
  const surface: FileDiff[] = problems.length > 0 ? [] : fileDiffs(new Map(committed), after);
  return { surface, compileProblems: problems };
}

const publicApiFolder = "test/types/public-api/";

/** What the cases of the contract tests object to. */
export async function judge(): Promise<Judgement> {
  return JSON.parse(await node(["test/judges/judge-file.ts", root + specPath])) as Judgement;
}

export function lastMutation(revisionText: string): Findings["mutation"] {
  const text = readIfThere("review/mutation.json");
  if (text === "") return "none";
  const report = JSON.parse(text) as MutationReport;
  return report.sha256 === sha256(revisionText) ? report : "of another text";
}

function readIfThere(path: string): string {
  return existsSync(root + path) ? readFileSync(root + path, "utf8").replaceAll("\r\n", "\n") : "";
}

/** Longer than any of them takes on a slow machine. */
const timeLimitMs = 120_000;

function node(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: root, maxBuffer: 64 * 1024 * 1024, timeout: timeLimitMs }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`node ${args[0]} failed: ${stderr.trim() || error.message}`, { cause: error }));
    });
  });
}
