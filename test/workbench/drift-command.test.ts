// `npm run drift` as it is typed: exit codes, the one line of a refusal, files and addresses, and what the review makes of it.

import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { drift as tool } from "../../scripts/drift/drift.ts";
import { reviewedPath } from "../../scripts/drift/reviewed.ts";
import { readSource } from "../../scripts/drift/source.ts";
import { compareWithMetadata, copies, excerpts } from "../../scripts/review/drift-step.ts";
import { readSpecText } from "../../scripts/spec/document.ts";
import { root } from "../../scripts/tool/root.ts";
import { frozenRoot, frozenLimit as limit } from "../support/frozen.ts";
import { call } from "./call.ts";
import { csdl, csdlWithoutAction, edit, spec, writeSpecRepository } from "./drift-fixtures.ts";

// What is said goes to no terminal, whatever the terminal is in which these tests run.
vi.stubEnv("FORCE_COLOR", undefined);
vi.stubEnv("NO_COLOR", "1");
afterAll(() => void vi.unstubAllEnvs());

const surroundings = mkdtempSync(join(tmpdir(), "recording-status-drift-"));
const folder = join(surroundings, "repository");
mkdirSync(folder);
writeSpecRepository(`${folder}/`);
afterAll(() => rmSync(surroundings, { recursive: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const driftIn = async (repository: string, ...args: string[]) => {
  const { code, stdout: out, stderr: err } = await call(tool, repository, ...args);
  return { code, out, err };
};
const drift = (...args: string[]) => driftIn(`${folder}/`, ...args);

/** As it is typed: in a process of its own, without a terminal. */
function typed(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const options = { cwd: root, timeout: 20_000, env: { ...process.env, NO_COLOR: "1" } };
    execFile(process.execPath, ["scripts/drift/main.ts", ...args], options, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err });
    });
  });
}

const changed = edit(csdl, '<Member Name="failed" Value="3" />', '<Member Name="failed" Value="3" /><Member Name="humming" Value="9" />');

describe("the command", () => {
  test("as it is typed it says and ends as it does in this process", async () => {
    const differs = file("differs.yaml", edit(readSpecText(), /maxLength: \d+/, "maxLength: 1"));
    const said = await typed(differs);
    expect(said).toEqual(await driftIn(root, differs));
    expect(said.code).toBe(1);
  });

  test("0: agrees, and lists what was chosen", async () => {
    const { code, out, err } = await drift(file("agrees.csdl", csdl), "--cloud", "global");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^AGREES {2}.*agrees\.csdl: The spec agrees with the metadata, global v1\.0\.\n/);
    expect(out).toContain(`updateRecordingStatus.clientContext has maxLength ${limit} in the spec only\n    `);
    expect(out).not.toContain("\u001b");
  });

  test("0: absent, as the spec says", async () => {
    const { code, out } = await drift(file("china.csdl", csdlWithoutAction), "--cloud", "china");
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(/^ABSENT .*absent from the metadata of china v1\.0, as the spec says/),
    });
  });

  test("1: differs, with the place on both sides and what to do", async () => {
    const { code, out } = await drift(file("differs.csdl", changed));
    expect(code).toBe(1);
    expect(out).toMatch(/^DIFFERS .*1 difference that nobody reviewed/);
    expect(out).toMatch(/status may be humming in the metadata only \(openapi\/recording-status\.yaml:\d+, .*differs\.csdl:16\)/);
    expect(out).toContain("letter for letter, with reason and source");
  });

  test("--json: the same for programs", async () => {
    const { code, out } = await drift(file("differs.csdl", changed), "--json", "--cloud", "usGovL4");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      verdict: "differs",
      format: "csdl",
      version: "v1.0",
      cloud: "usGovL4",
      differences: [{ at: "updateRecordingStatus.status", specLine: expect.any(Number), metadataLine: 16 }],
      outdated: [],
    });
  });

  test.each([
    ["no file", [], /^Say which metadata/],
    ["two files", ["a", "b"], /^One file or address at a time, not 2/],
    ["an option that nobody knows", ["a", "--strict"], /Unknown option '--strict'/],
    ["an option without its value", ["a", "--cloud"], /--cloud/],
    ["an unknown cloud", ["a", "--cloud", "mars"], /^--cloud mars: the spec knows global, .*china\./],
    ["an unknown version", [join(root, excerpts.csdl), "--version", "v2"], /^--version v2: must be v1\.0 or beta\./],
    ["a time limit that is none", ["a", "--timeout", "soon"], /^--timeout soon/],
    ["a file that is not there", ["nowhere.csdl"], /^nowhere\.csdl: there is no such file\./],
    ["a folder", ["openapi"], /^openapi: it is a folder\./],
    ["another scheme", ["ftp://127.0.0.1/x"], /^ftp: only http, https and files are read\./],
    ["a file that is no metadata", ["package.json"], /^package\.json is no metadata/],
  ])("2: %s", async (_what, args, expected) => {
    const { code, out, err } = await drift(...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(expected);
    expect(err.trim()).not.toContain("\n");
  });
});

describe("an address", () => {
  const servers: Server[] = [];
  afterAll(() => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });
  async function serve(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  test("is read, whatever its type says", async () => {
    const url = await serve((_request, response) => response.end(csdl));
    expect((await drift(`${url}/v1.0/$metadata`)).code).toBe(0);
  });

  test("that answers an error is refused with its status, and its query stays out of the message", async () => {
    const url = await serve((_request, response) => response.writeHead(503).end("busy"));
    expect(await drift(`${url}/x?token=secret`)).toMatchObject({ code: 2, err: `${url}/x answered 503 Service Unavailable.\n` });
  });

  test("that redirects is not followed", async () => {
    const url = await serve((_request, response) => response.writeHead(302, { location: "/login?next=1" }).end());
    await expect(readSource(`${url}/x`)).rejects.toThrow(`${url}/x answered 302 Found, a redirect to ${url}/login: give that address`);
  });

  test("that never answers, or never ends, is given up", async () => {
    const silent = await serve(() => {});
    await expect(readSource(silent, { timeoutMs: 50 })).rejects.toThrow("did not answer in full within 0.05 s");
    const endless = await serve((_request, response) => void response.write("<a>"));
    await expect(readSource(endless, { timeoutMs: 100 })).rejects.toThrow("did not answer in full within 0.1 s");
  });

  test("that sends too much is given up", async () => {
    const url = await serve((_request, response) => response.end("x".repeat(3 * 1024 * 1024)));
    await expect(readSource(url, { maxBytes: 2 * 1024 * 1024 })).rejects.toThrow(`${url}/ has more than 2 MiB`);
  });

  test("that breaks off, or where nobody listens, is refused with the cause", async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { "content-length": "1000" }).write("<a>");
      setImmediate(() => response.destroy());
    });
    await expect(readSource(url)).rejects.toThrow(/cannot be read/);
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    await expect(readSource(`http://127.0.0.1:${port}/`)).rejects.toThrow(/cannot be read: .*ECONNREFUSED/);
  });

  test("with a password is not sent", async () => {
    await expect(readSource("http://me:secret@127.0.0.1:1/x")).rejects.toThrow(
      "http://127.0.0.1:1/x: an address with a password in it is not read.",
    );
  });
});

describe("in the review", () => {
  test("the copies that are there are compared, and it agrees", async () => {
    const there = copies.map((copy) => copy.file).filter((name) => existsSync(root + name));
    const found = await compareWithMetadata(root, readSpecText());
    expect(found.map(({ file: name, agrees, differences }) => ({ name, agrees, differences }))).toEqual(
      [...(there.length > 0 ? there : [excerpts.csdl]), excerpts.openapi].map((name) => ({ name, agrees: true, differences: [] })),
    );
  });

  test("where no copy is, as in a pull request, the excerpts name what Microsoft does not say, and what was reviewed and is no more", async () => {
    for (const name of [...Object.values(excerpts), reviewedPath]) {
      mkdirSync(dirname(join(folder, "alone", name)), { recursive: true });
      file(join("alone", name), readFileSync(frozenRoot + name, "utf8"));
    }
    const found = await compareWithMetadata(`${folder}/alone/`, spec.replaceAll(`maxLength: ${limit}\n`, `maxLength: ${limit + 1}\n`));
    const subject = "updateRecordingStatus.clientContext has maxLength";
    expect(found.map(({ reviewable, outdated }) => ({ reviewable, outdated }))).toEqual(
      Object.values(excerpts).map(() => ({
        reviewable: [`${subject} ${limit + 1} in the spec only`],
        outdated: [`${subject} ${limit} in the spec only`],
      })),
    );
  });

  test("an odd text is a difference, not an error", async () => {
    const odd = [
      edit(spec, /\n {4}Entity:\n[\s\S]*?(?=\n {4}CommsOperation:)/, ""),
      edit(spec, /paths:\n[\s\S]*?(?=\nwebhooks:)/, "paths: {}\n"),
      edit(spec, /\nservers:\n[\s\S]*?(?=\n# What the client)/, "\nservers: []\n"),
      "openapi: 3.1.0\npaths: {}\nservers: []\ncomponents: {}\n",
      "nothing",
    ];
    // Small ones: what is odd is the text, and Microsoft's are not everywhere.
    for (const { file: name } of copies) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      file(name, csdl);
    }
    for (const text of odd) {
      const found = await compareWithMetadata(`${folder}/`, text);
      expect(found.every(({ agrees, differences }) => !agrees && differences.length > 0)).toBe(true);
      expect(found).toHaveLength(copies.length);
    }
  });
});
