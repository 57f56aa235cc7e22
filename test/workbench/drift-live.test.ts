// `npm run drift -- --live`: one verdict over all clouds, from a server on loopback that stands for every host of Microsoft's.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { createDrift } from "../../scripts/drift/drift.ts";
import { call } from "./call.ts";
import { csdl, csdlWithoutAction, edit, writeSpecRepository } from "./drift-fixtures.ts";
import { serveHosts } from "./live-metadata.ts";

vi.stubEnv("FORCE_COLOR", undefined);
vi.stubEnv("NO_COLOR", "1");
afterAll(() => void vi.unstubAllEnvs());

const folder = `${mkdtempSync(join(tmpdir(), "recording-status-live-"))}/`;
writeSpecRepository(folder);
afterAll(() => rmSync(folder, { recursive: true }));

const app = '<Singleton Name="app" Type="microsoft.graph.commsApplication" />';
const withApp = edit(csdl, "</EntityContainer>", `${app}</EntityContainer>`).replace(
  '<EntityType Name="cloudCommunications">',
  '<EntityType Name="commsApplication"><NavigationProperty Name="calls" Type="Collection(graph.call)" ContainsTarget="true" /></EntityType>$&',
);
const agreeing: Readonly<Record<string, string>> = {
  "https://graph.microsoft.com/v1.0/$metadata": csdl,
  "https://graph.microsoft.com/beta/$metadata": withApp,
  "https://graph.microsoft.us/v1.0/$metadata": csdl,
  "https://dod-graph.microsoft.us/v1.0/$metadata": csdl,
  "https://microsoftgraph.chinacloudapi.cn/v1.0/$metadata": csdlWithoutAction,
};
const level4 = "https://graph.microsoft.us/v1.0/$metadata";

/** By address: a text, a status, or nothing at all, ever. */
let published: Record<string, string | number | "silence">;
let server: Awaited<ReturnType<typeof serveHosts>>;
beforeEach(async () => {
  published = { ...agreeing };
  server = await serveHosts(({ url }, response) => {
    const answer = published[`https:/${url}`] ?? 404;
    if (answer === "silence") return;
    if (typeof answer === "number") response.writeHead(answer, { location: "https://login.example/x" }).end();
    else response.end(answer);
  });
});
afterEach(() => server.close());

const live = (...args: readonly string[]) => call(createDrift({ fetch: server.fetch }), folder, "--live", ...args);

test("every cloud of the spec agrees: each address is asked once, one line each", async () => {
  const { code, stdout, stderr } = await live();
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(server.asked.sort()).toEqual(Object.keys(agreeing).sort());
  expect(stdout).toMatch(
    /^AGREES {2}Microsoft's live metadata: the spec agrees with each of the 5\.\n\n( {2}(AGREES|ABSENT) +\w+ (v1\.0|beta) +https:.+\n){5}$/,
  );
  expect(stdout).toContain("  ABSENT   china v1.0    https://microsoftgraph.chinacloudapi.cn/v1.0/$metadata\n");
});

test("one cloud differs: it is named, with what differs and what to do; 1", async () => {
  published[level4] = edit(
    csdl,
    '<Member Name="failed" Value="3" />',
    '<Member Name="failed" Value="3" /><Member Name="humming" Value="9" />',
  );
  const { code, stdout } = await live();
  expect(code).toBe(1);
  expect(stdout).toMatch(/^DIFFERS {2}Microsoft's live metadata: the spec differs from usGovL4 v1\.0\.\n/);
  expect(stdout.match(/^ {2}AGREES /gm)).toHaveLength(3);
  expect(stdout).toMatch(/\n {2}DIFFERS +usGovL4 v1\.0 +https/);
  expect(stdout).toMatch(
    /status may be humming in the metadata only \(openapi\/recording-status\.yaml:\d+, https:\/\/graph\.microsoft\.us\/v1\.0\/\$metadata:16\)/,
  );
  expect(stdout).toContain("letter for letter, with reason and source");
});

test("a cloud that is refused as a whole, and has the action now, differs", async () => {
  published["https://microsoftgraph.chinacloudapi.cn/v1.0/$metadata"] = csdl;
  const { code, stdout } = await live();
  expect(code).toBe(1);
  expect(stdout).toContain("The metadata of china v1.0 has the action updateRecordingStatus, but the spec refuses it");
});

test.each([
  ["an error", 503, "answered 503 Service Unavailable."],
  ["a redirect", 302, "answered 302 Found, a redirect to https://login.example/x: give that address if it is the right one."],
  ["a sign-in page", "<!doctype html><title>Sign in</title>", 'is an HTML page, perhaps a sign-in page: "Sign in".'],
  ["what is cut off", csdl.slice(0, 900), "is no well-formed XML, perhaps cut off"],
  ["silence", "silence", "did not answer in full within 0.2 s."],
] as const)("%s of one cloud is told with its name and what to do, and the others are compared: 2", async (_, answer, problem) => {
  published[level4] = answer;
  const { code, stdout, stderr } = await live("--timeout", answer === "silence" ? "0.2" : "30");
  expect({ code, stderr }).toEqual({ code: 2, stderr: "" });
  expect(stdout).toMatch(/^UNREAD {2}Microsoft's live metadata: usGovL4 v1\.0 could not be compared\.\n/);
  const [line] = stdout.split("\n").filter((one) => one.startsWith(`usGovL4 v1.0: ${level4}`));
  expect(line).toContain(problem);
  expect(line).toMatch(/Try again later, .*: npm run drift -- <file> --cloud usGovL4 --version v1\.0$/);
  expect(stdout.match(/^ {2}(AGREES|ABSENT) /gm)).toHaveLength(4);
});

test("a difference is a verdict, whatever else could not be read: 1", async () => {
  published[level4] = 503;
  published["https://graph.microsoft.com/v1.0/$metadata"] = csdlWithoutAction;
  const { code, stdout } = await live();
  expect(code).toBe(1);
  expect(stdout).toMatch(/^DIFFERS .*: the spec differs from global v1\.0; usGovL4 v1\.0 could not be compared\.\n/);
});

test("--json: the same for programs; --cloud and --version leave some out", async () => {
  published[level4] = 503;
  const { code, stdout } = await live("--json");
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({
    verdict: "unread",
    summary: "usGovL4 v1.0 could not be compared",
    clouds: expect.arrayContaining([
      { verdict: "unread", cloud: "usGovL4", version: "v1.0", file: level4, problem: expect.stringContaining("503") },
      expect.objectContaining({ verdict: "absent", cloud: "china", version: "v1.0" }),
      expect.objectContaining({ verdict: "agrees", cloud: "global", version: "beta", format: "csdl" }),
    ]),
  });
  server.asked.length = 0;
  expect((await live("--cloud", "global", "--version", "beta")).code).toBe(0);
  expect(server.asked).toEqual(["https://graph.microsoft.com/beta/$metadata"]);
});

test.each([
  ["a file besides", ["x.csdl"], /^--live compares with what Microsoft publishes: leave out x\.csdl\.\n$/],
  ["a cloud that the spec does not know", ["--cloud", "mars"], /^--cloud mars: the spec knows global, .+\n$/],
  [
    "a version that a cloud has not",
    ["--cloud", "usGovL4", "--version", "beta"],
    /^--live: there is no usGovL4 beta to compare with, but global v1\.0, .+\n$/,
  ],
])("%s: one line, nothing is asked: 2", async (_, args, message) => {
  const { code, stdout, stderr } = await live(...args);
  expect({ code, stdout, asked: server.asked }).toEqual({ code: 2, stdout: "", asked: [] });
  expect(stderr).toMatch(message);
});
