import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { BadInput } from "../tool/bad-input.ts";
import type { Invocation, Tool } from "../tool/run-tool.ts";
import type { Problem } from "./compile-declarations.ts";
import { type PublicApi, publicApi } from "./public-api.ts";
import { staleReport } from "./stale-report.ts";

const place = "test/types/public-api/";
const fix = "npm run api";

/** The `.ts` files of a folder by name, with LF line ends. */
function readFiles(folder: string): Map<string, string> {
  const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  const names = isFolder ? readdirSync(folder).filter((name) => name.endsWith(".ts")) : [];
  return new Map(names.map((name) => [name, readFileSync(`${folder}/${name}`, "utf8").replaceAll("\r\n", "\n")]));
}

function readOptions({ args, root }: Invocation): { check: boolean; json: boolean; generated: string } {
  const { values } = parseArgs({
    args: [...args],
    options: { check: { type: "boolean", default: false }, json: { type: "boolean", default: false }, generated: { type: "string" } },
  });
  if (values.check && values.json) throw new BadInput("--check compares with the committed report, --json prints: give one of the two.");
  if (values.generated !== undefined && !values.json)
    throw new BadInput("--generated needs --json: what is committed is always the report of generated/.");
  return { ...values, generated: values.generated ?? `${root}generated` };
}

function refuse(problems: readonly Problem[], err: Invocation["err"]): number {
  for (const { file, line, message } of problems) err(`${file}:${line} ${message}`);
  err("The package does not compile, so there is no report of its public API.");
  return 1;
}

function write(root: string, report: ReadonlyMap<string, string>): void {
  mkdirSync(root + place, { recursive: true });
  for (const name of readdirSync(root + place)) if (!report.has(name)) rmSync(root + place + name);
  for (const [name, text] of report) writeFileSync(root + place + name, text);
}

/** Finds out the public API of a repository with these generated files: what takes longest. */
export type FindApi = (root: string, generatedFiles: ReadonlyMap<string, string>) => Promise<PublicApi>;

/** `npm run api`: the report of the public API. */
export const api: Tool = (invocation) => report(invocation, publicApi);

/** The same with another way to find out the API. */
export function apiWith(findApi: FindApi): Tool {
  return (invocation) => report(invocation, findApi);
}

async function report(invocation: Invocation, findApi: FindApi): Promise<number> {
  const { root, out, err } = invocation;
  const { check, json, generated } = readOptions(invocation);
  const files = readFiles(generated);
  if (files.size === 0) throw new BadInput(`${generated} is no folder with generated files: it needs *.gen.ts.`);
  const { report, problems } = await findApi(root, files);
  if (json) {
    out(JSON.stringify({ report: Object.fromEntries(report), problems }));
    return 0;
  }
  if (problems.length > 0) return refuse(problems, err);
  const stale = staleReport(readFiles(root + place), report, place, fix);
  if (check && stale !== undefined) {
    err(stale);
    return 1;
  }
  if (!check) write(root, report);
  out(stale === undefined ? `${place} is up to date.` : `${place} written; read \`git diff ${place}\`.`);
  return 0;
}
