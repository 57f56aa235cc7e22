// `npm run test:runtimes`: the packed tarball in every runtime that it is made for. One suite (test/runtimes/), laid beside the installed tarball, is
// run by Node, Deno, Bun, workerd and Chromium. What cannot be installed is skipped, and the last line says so.
import { execFileSync } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../tool/root.ts";
import { runTool, type Tool } from "../tool/run-tool.ts";
import { inTemporaryFolder } from "../tool/temporary-folder.ts";
import { freshDist } from "./fresh-dist.ts";
import { pack } from "./package/pack.ts";
import { installRuntime, type Packaged } from "./runtimes/install-runtime.ts";
import { findChromium, runChromium } from "./runtimes/run-chromium.ts";
import { runWorkerd } from "./runtimes/run-workerd.ts";
import { type Result, runProgram, type Suite, startServer } from "./runtimes/suite.ts";
import { type Row, renderTable, summarize } from "./runtimes/table.ts";

const system = process.platform === "win32" ? "win" : process.platform;
const node = (version: string): Packaged => {
  const name = `node-${system}-${process.arch}`;
  return { name: `Node ${version}`, spec: `${name}@${version}`, program: `${name}/bin/node*` };
};
type Runner = (suite: Suite, program: string) => Promise<Result[]>;
/** Too old: all that is asked of it is one line that says so. */
const refused: Runner = async (suite, program) => {
  const [result] = await runProgram(suite, program, []);
  const line = /^Error: teams-recording-status needs Node 22 or newer.* this is Node [\d.]+\.$/m;
  return [{ name: "an older Node is told so", said: line.test(result?.said ?? "") ? "" : `it said: ${result?.said}` }];
};
const byFile: Runner = (suite, program) => runProgram(suite, program, []);

/** Node 26 is the one that everything runs on. */
const packaged: readonly (readonly [Packaged, Runner])[] = [
  [node("20.20.2"), refused],
  [node("22.23.3"), byFile],
  [node("24.21.0"), byFile],
  [
    { name: "Deno 2.9.6", spec: "deno@2.9.6", program: "@deno/*/deno*" },
    (suite, program) => runProgram(suite, program, ["run", "--allow-all", "--no-lock"]),
  ],
  [{ name: "Bun 1.4.5", spec: "bun@1.4.5", program: "@oven/bun-*/bin/bun*" }, byFile],
  [{ name: "workerd 2026-11-17", spec: "workerd@1.20261117.1", program: "@cloudflare/workerd-*/bin/workerd*" }, runWorkerd],
];

function layOut(folder: string): void {
  cpSync(`${root}test/runtimes`, folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const { archive } = pack(folder);
  const args = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", archive];
  execFileSync("npm", args, { cwd: folder, stdio: ["ignore", "ignore", "inherit"], shell: process.platform === "win32" });
}

async function timed(name: string, run: () => Promise<Result[]>): Promise<Row> {
  const began = performance.now();
  const results = await run().catch((error) => [{ name: "the suite", said: `${error}` }]);
  return { name, results, ms: Math.round(performance.now() - began) };
}

async function runAll(suite: Suite): Promise<Row[]> {
  const rows = [await timed(`Node ${process.versions.node}`, () => byFile(suite, process.execPath))];
  for (const [runtime, run] of packaged) {
    const installed = await installRuntime(runtime);
    if ("missing" in installed) rows.push({ name: runtime.name, missing: `cannot be installed: ${installed.missing}` });
    else rows.push(await timed(runtime.name, () => run(suite, installed.program)));
  }
  const program = findChromium();
  if (program === undefined) rows.push({ name: "Chromium", missing: "there is none; CHROMIUM_PATH names one that is not on the PATH" });
  else {
    let name = "Chromium";
    const row = await timed(name, async () => {
      const { results, version } = await runChromium(suite, program);
      name = `Chromium ${version}`;
      return results;
    });
    rows.push({ ...row, name });
  }
  return rows;
}

const testRuntimes: Tool = async ({ out }) => {
  await freshDist();
  return inTemporaryFolder(async (folder) => {
    layOut(folder);
    const server = await startServer(folder);
    try {
      const rows = await runAll({ folder, url: server.url });
      out(renderTable(rows));
      const { line, code } = summarize(rows);
      out(line);
      return code;
    } finally {
      await server.close();
    }
  });
};

await runTool(testRuntimes);
