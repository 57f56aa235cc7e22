// `npm run api` as it is run: in a copy of the repository, so that it may write there.
import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { apiWith, type FindApi } from "../../scripts/api/api.ts";
import { type PublicApi, publicApi } from "../../scripts/api/public-api.ts";
import { fewerStatusesType, statusType } from "../support/as-it-is.ts";
import { whenAll } from "../support/when-all.ts";
import { call } from "./call.ts";

// Each run is a compiler and a bundler.
vi.setConfig({ testTimeout: 60_000 });

const place = mkdtempSync(join(tmpdir(), "public-api-test-"));
const copy = `${place}/copy`;
const report = `${copy}/test/types/public-api`;
for (const name of [
  "scripts",
  "src",
  "generated",
  "openapi",
  "package.json",
  "tsconfig.json",
  "tsconfig.build.json",
  "test/types/public-api",
])
  cpSync(name, `${copy}/${name}`, { recursive: true });
symlinkSync(`${process.cwd()}/node_modules`, `${copy}/node_modules`, "junction");
mkdirSync(`${place}/tmp`);
afterAll(() => {
  // The next file in this process has its own temporary folder.
  vi.unstubAllEnvs();
  rmSync(place, { recursive: true });
});

// What is put into temporary folders in this process, too, is to be seen.
for (const name of ["TMPDIR", "TEMP", "TMP"]) vi.stubEnv(name, `${place}/tmp`);

const textsIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => [name, readFileSync(`${parentPath}/${name}`, "utf8")]);

/** As it is found out for real, but once for the same code: what the command makes of it is tested here. */
const found = new Map<string, Promise<PublicApi>>();
const findApi: FindApi = (root, files) => {
  const code = JSON.stringify([textsIn(`${root}src`), [...files]]);
  const api = found.get(code) ?? publicApi(root, files);
  found.set(code, api);
  return api;
};
const tool = apiWith(findApi);

async function api(...args: string[]) {
  const { code, stdout, stderr } = await call(tool, `${copy}/`, ...args);
  return { status: code, stdout, stderr };
}

/** As it is typed. */
function typed(...args: string[]) {
  const { status, stdout, stderr } = spawnSync("node", ["scripts/api/main.ts", ...args], { cwd: copy, encoding: "utf8" });
  return { status, stdout, stderr };
}

/** Every file of the copy, with the time of its last change. */
function state(): string[] {
  const own = readdirSync(copy).filter((name) => name !== "node_modules");
  const below = own
    .filter((name) => statSync(`${copy}/${name}`).isDirectory())
    .flatMap((folder) => readdirSync(`${copy}/${folder}`, { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`));
  return [...own, ...below].map((name) => `${name} ${statSync(`${copy}/${name}`).mtimeMs}`);
}

whenAll(() => {
  test("--check passes on the committed report, in a checkout with CRLF too", async () => {
    const file = `${report}/testing.d.ts`;
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replaceAll("\n", "\r\n"));
    expect(await api("--check")).toEqual({ status: 0, stdout: "test/types/public-api/ is up to date.\n", stderr: "" });
    writeFileSync(file, text);
  });
});

whenAll(() => {
  test("--check fails on a stale report and writes nothing; without it the report is mended", async () => {
    const committed = readFileSync(`${report}/azure.d.ts`, "utf8");
    writeFileSync(`${report}/azure.d.ts`, committed.replace("cloud?: Cloud", "cloud: Cloud"));
    writeFileSync(`${report}/other.d.ts`, "");
    const before = state();
    const { status, stderr } = await api("--check");
    expect(status).toBe(1);
    expect(stderr).toMatch(/^test\/types\/public-api\/ is stale \(azure\.d\.ts, other\.d\.ts\): .* run: npm run api\n/);
    expect(stderr).toContain("-  cloud: Cloud | undefined;\n+  cloud?: Cloud | undefined;\n");
    expect(state()).toEqual(before);
    expect((await api()).status).toBe(0);
    expect(readFileSync(`${report}/azure.d.ts`, "utf8")).toBe(committed);
    expect(readdirSync(report)).not.toContain("other.d.ts");
  });
});

whenAll(() => {
  test("--generated --json answers for another folder; nothing is written in the repository, nothing is left behind", async () => {
    const other = `${place}/other`;
    cpSync(`${copy}/generated`, other, { recursive: true });
    const types = readFileSync(`${other}/types.gen.ts`, "utf8");
    writeFileSync(`${other}/types.gen.ts`, types.replace(statusType, fewerStatusesType));
    const before = state();
    const { status, stdout, stderr } = await api("--generated", other, "--json");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const answer = JSON.parse(stdout);
    expect(Object.keys(answer)).toEqual(["report", "problems"]);
    expect(Object.keys(answer.report)).toEqual([
      "index.d.ts",
      "azure.d.ts",
      "client.d.ts",
      "journal.d.ts",
      "redis.d.ts",
      "notifications.d.ts",
      "testing.d.ts",
    ]);
    expect(answer.report["client.d.ts"]).toContain(`ReportableStatus: ${fewerStatusesType};\n`);
    expect(new Set(answer.problems.map(({ file }: { file: string }) => file))).toEqual(
      new Set(["src/cli/commands/set.ts", "src/lifecycle/announce.ts", "src/lifecycle/start-recording.ts"]),
    );
    expect(state()).toEqual(before);
    expect(readdirSync(`${place}/tmp`).filter((name) => name.startsWith("public-api"))).toEqual([]);
    expect(readdirSync("node_modules").length).toBeGreaterThan(10);
  });
});

whenAll(() => {
  test("what does not compile is no report: each place, exit code 1, nothing written", async () => {
    const file = `${copy}/src/wire.ts`;
    const text = readFileSync(file, "utf8");
    appendFileSync(file, 'export const broken: number = "text";\n');
    const before = state();
    const { status, stderr } = await api();
    expect(status).toBe(1);
    expect(stderr).toBe(`src/wire.ts:${text.split("\n").length} TS2322: Type 'string' is not assignable to type 'number'.
The package does not compile, so there is no report of its public API.
`);
    expect(state()).toEqual(before);
    writeFileSync(file, text);
  });
});

test.each([
  [["--chek"], /^Unknown option '--chek'/],
  [["--check", "--json"], /^--check compares .*give one of the two\.\n$/],
  [["--generated", "generated"], /^--generated needs --json: .*\n$/],
  [["--generated", "nowhere", "--json"], /^nowhere is no folder with generated files: .*\n$/],
  [["--generated", "package.json", "--json"], /^package\.json is no folder with generated files: .*\n$/],
])("%j: one clear line and exit code 2", async (args, message) => {
  const { status, stdout, stderr } = await api(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(message);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});

test("as it is typed it says and ends as it does in this process", async () => {
  expect(typed("--chek")).toEqual(await api("--chek"));
});
