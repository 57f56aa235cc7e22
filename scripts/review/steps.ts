import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { PublicApi } from "../api/public-api.ts";
import { compile, staleFiles, withHeaders } from "../generate/compile.ts";
import { sameCode } from "../generate/same-code.ts";
import type { MutationReport } from "../mutate/report.ts";
import { readDocument, SpecError, sha256 } from "../spec/document.ts";
import { BadInput } from "../tool/bad-input.ts";
import { runNode } from "../tool/run-node.ts";
import { inTemporaryFolder } from "../tool/temporary-folder.ts";
import type { Base } from "./base.ts";
import type { Findings } from "./findings.ts";
import { fileDiffs } from "./side-by-side.ts";

/** What changes in `generated/`, the headers with their checksums aside, and whether the working tree's is up to date. */
export async function compareGenerated(root: string, base: Base, baseText: string, revisionText: string): Promise<Generated> {
  const after = await compile(readDocument(revisionText));
  const before = await compileBase(base, baseText);
  const files = withHeaders(revisionText, after);
  return {
    generated: fileDiffs(before, after),
    stale: staleFiles(`${root}generated/`, files),
    files,
    sameCode: sameCode(before, after),
  };
}

export type Generated = Pick<Findings, "generated" | "stale"> & {
  /** What the spec compiles to, by name. */
  readonly files: ReadonlyMap<string, string>;
  /** No difference but in comments, or none at all. */
  readonly sameCode: boolean;
};

async function compileBase(base: Base, text: string): Promise<Map<string, string>> {
  try {
    return await compile(readDocument(text));
  } catch (error) {
    if (error instanceof SpecError) throw new BadInput(`--base: ${base.name} cannot be compared with: ${error.message}`);
    throw error;
  }
}

/** What changes in the public API, and what of `src/` would not compile. The same code has the same types: then nothing is compiled. */
export async function compareSurface(
  root: string,
  base: Base,
  { files, sameCode }: Pick<Generated, "files" | "sameCode">,
  signal: AbortSignal,
): Promise<Pick<Findings, "surface" | "staleSurface" | "compileProblems">> {
  if (sameCode) return { surface: [], staleSurface: [], compileProblems: [] };
  const { report, problems } = await publicApiOf(root, files, signal);
  const after = new Map(Object.entries(report));
  const committed = [...after.keys()].map((file): [string, string] => [
    file,
    base.read(publicApiFolder + file) ?? readIfThere(root, publicApiFolder + file),
  ]);
  const staleSurface = [...after].filter(([file, text]) => readIfThere(root, publicApiFolder + file) !== text).map(([file]) => file);
  return { surface: fileDiffs(new Map(committed), after), staleSurface, compileProblems: problems };
}

/** By a program of its own: the compiler and the bundler would hold up the other steps, and there is a second core. */
function publicApiOf(root: string, files: ReadonlyMap<string, string>, signal: AbortSignal): Promise<PublicApiAsJson> {
  return inTemporaryFolder(async (folder) => {
    await Promise.all([...files].map(([name, text]) => writeFile(join(folder, name), text)));
    const { code, stdout, stderr } = await runNode([`${root}scripts/api/main.ts`, "--generated", folder, "--json"], { signal });
    if (code !== 0) throw new Error(`The public API could not be found out: ${stderr}`);
    return JSON.parse(stdout) as PublicApiAsJson;
  });
}

/** What `npm run api -- --json` prints. */
type PublicApiAsJson = Pick<PublicApi, "problems"> & { readonly report: Readonly<Record<string, string>> };

const publicApiFolder = "test/types/public-api/";

export function lastMutation(root: string, revisionText: string): Findings["mutation"] {
  const text = readIfThere(root, "review/mutation.json");
  if (text === "") return "none";
  try {
    const report = JSON.parse(text) as MutationReport;
    return report.sha256 === sha256(revisionText) ? report : "of another text";
  } catch {
    return "none";
  }
}

/** A file of the working tree with LF line ends; empty where there is none. */
export function readIfThere(root: string, path: string): string {
  return existsSync(root + path) ? readFileSync(root + path, "utf8").replaceAll("\r\n", "\n") : "";
}
