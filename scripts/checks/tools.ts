// `npm run test:tools [-- <file>]`: the document, as npm would publish it, is read by the tools that people use: a linter, a parser, a generator
// of clients, a maker of mocks. And what people put between a program and the network sees the client's requests. They live in tools/ with a lock file of their own, and are installed there when they are needed: they are
// several times as large as all that the repository needs besides.
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { root } from "../tool/root.ts";
import { runTool, type Tool } from "../tool/run-tool.ts";
import { inTemporaryFolder } from "../tool/temporary-folder.ts";
import { freshDist } from "./fresh-dist.ts";
import { installLocked } from "./install-locked.ts";
import { runTools, type ToolRun } from "./tools/run-commands.ts";

const folder = `${root}tools/`;
const npm = (args: readonly string[], cwd: string) =>
  execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32" });

/** The document out of the package that npm would publish. */
function packed(temporary: string): string {
  const [archive] = Object.values(JSON.parse(npm(["pack", "--json", "--ignore-scripts", "--pack-destination", temporary], root))) as {
    filename: string;
  }[];
  execFileSync("tar", ["-xzf", basename(archive?.filename ?? ""), "package/openapi/recording-status.yaml"], { cwd: temporary });
  return join(temporary, "package/openapi/recording-status.yaml");
}

/** Run in `temporary`, for what they write. */
function toolsFor(file: string, temporary: string): ToolRun[] {
  const program = (path: string) => `${folder}node_modules/${path}`;
  for (const name of ["consumer.ts", "tsconfig.json"]) cpSync(folder + name, join(temporary, name));
  const { dependencies } = JSON.parse(readFileSync(`${folder}package.json`, "utf8")) as { dependencies: Record<string, string> };
  const named = (name: string) => `${name} ${dependencies[name]}`;
  return [
    {
      name: named("@stoplight/spectral-cli"),
      verdict: "spectral:oas finds no error",
      commands: [
        [
          program("@stoplight/spectral-cli/dist/index.js"),
          "lint",
          "--ruleset",
          `${folder}spectral.yaml`,
          "--fail-severity",
          "error",
          "-D",
          "-f",
          "text",
          file,
        ],
      ],
    },
    { name: named("@apidevtools/swagger-parser"), verdict: "valid", commands: [[`${folder}swagger-parser.js`, file]] },
    {
      name: named("@hey-api/openapi-ts"),
      verdict: "what it generates compiles, and fits a consumer",
      commands: [
        [program("@hey-api/openapi-ts/bin/run.js"), "-i", file, "-o", "out", "-c", "@hey-api/client-fetch", "--no-log-file"],
        [program("typescript/bin/tsc"), "-p", "tsconfig.json"],
      ],
    },
    { name: named("@msw/source"), verdict: "its mock answers with the examples", commands: [[`${folder}msw-source.js`, file]] },
    {
      name: `${named("msw")}, ${named("nock")}, OpenTelemetry`,
      verdict: "each sees what the client sends",
      commands: [[`${folder}interception.js`, `${root}dist`]],
    },
  ];
}

const testTools: Tool = async ({ args, out }) => {
  await freshDist();
  installLocked(folder, "the tools of tools/", out);
  return inTemporaryFolder(async (temporary) => {
    const file = args[0] === undefined ? packed(temporary) : resolve(args[0]);
    if (await runTools(toolsFor(file, temporary), temporary, out)) return 0;
    out("To mend it: correct openapi/recording-status.yaml where they say, and run npm run test:tools again.");
    return 1;
  });
};

await runTool(testTools);
