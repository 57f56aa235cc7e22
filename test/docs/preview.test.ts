import { readFileSync } from "node:fs";
import { request } from "node:http";
import { describe, expect, inject, test } from "vitest";
import { whenAll } from "../support/when-all.ts";
import { startPreview } from "./start-preview.ts";
import { filesIn } from "./tree.ts";

const preview = inject("previewed");
const folder = inject("folder");

const ask = (path: string, init: RequestInit = {}) => fetch(preview.url + path, { signal: AbortSignal.timeout(20_000), ...init });
const report = (headers: Record<string, string>, body: string) =>
  ask("mock/communications/calls/1/updateRecordingStatus", {
    method: "POST",
    headers: { authorization: "Bearer dummy-token", "content-type": "application/json", ...headers },
    body,
  });

describe("the mock behind /mock", () => {
  test("answers as documented", async () => {
    const answer = await report({}, '{"status":"recording"}');
    expect(answer.status).toBe(200);
    expect(answer.headers.get("location")).toMatch(/^https:\/\/graph\.microsoft\.com\/v1\.0\/communications\/calls\//);
    expect(await answer.json()).toMatchObject({ status: "completed", clientContext: "clientContext-value" });
  });

  test("answers as Prefer asks", async () => {
    const answer = await report({ prefer: "code=403, example=notPolicyRecordingCall" }, '{"status":"recording"}');
    expect([answer.status, await answer.json()]).toMatchObject([403, { error: { code: "8506" } }]);
  });

  test("refuses what breaks the document, and a request without a token", async () => {
    expect((await report({}, '{"status":"noSuchStatus"}')).status).toBe(400);
    expect((await report({ authorization: "" }, '{"status":"recording"}')).status).toBe(401);
  });

  test("a body that is no JSON is answered, although Prism never would", async () => {
    const answer = await report({}, '{"status":');
    expect([answer.status, await answer.text()]).toEqual([400, "The body is no JSON: the mock has not seen it.\n"]);
  });

  test("a body without end is refused", async () => {
    expect((await report({}, JSON.stringify({ status: "x".repeat(1024 * 1024) }))).status).toBe(413);
  });
});

describe("the files", () => {
  test("are served with a policy that lets a page ask for nothing elsewhere", async () => {
    const answer = await ask("");
    expect(answer.headers.get("content-security-policy")).toContain("connect-src 'self'");
    expect(await answer.text()).toContain("<!doctype html>");
  });

  test("cannot be left", async () => {
    for (const path of ["../package.json", "%2e%2e/package.json", "..%2fpackage.json", "assets/../../package.json", "..%5cpackage.json"]) {
      const { status, text } = await raw(`/${path}`);
      expect([path, status, text]).toEqual([path, 404, "There is no such page.\n"]);
    }
  });

  test("are only read", async () => {
    expect((await ask("index.html", { method: "PUT", body: "x" })).status).toBe(405);
    expect((await ask("nothing.html")).status).toBe(404);
  });

  test("are those of the disk but for the script that says where the mock is", async () => {
    const names = filesIn(`${folder}site/`);
    expect(names.length).toBeGreaterThan(50);
    const changed = [];
    for (const name of names) {
      const served = Buffer.from(await (await ask(name)).arrayBuffer());
      if (!served.equals(readFileSync(`${folder}site/${name}`))) changed.push(`${name}: ${served}`);
    }
    expect(changed).toEqual(['assets/try-it.js: const tryItMock = "/mock";\n']);
  });
});

test("a site that is up to date is not built again", () => {
  expect(preview.output).toMatch(/^The site is on http:\/\/127\.0\.0\.1:\d+\/ /);
});

whenAll(() => {
  test("SIGINT ends the preview with 0, and the port is free again", async () => {
    const other = await startPreview(folder);
    expect((await fetch(other.url)).status).toBe(200);
    expect(await other.stop("SIGINT")).toBe(0);
    await expect(fetch(other.url)).rejects.toThrow("fetch failed");
  });
});

/** `fetch` would tidy the path up. */
function raw(path: string): Promise<{ status: number | undefined; text: string }> {
  const { hostname, port } = new URL(preview.url);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, timeout: 10_000 }, async (answer) => {
      let text = "";
      for await (const chunk of answer.setEncoding("utf8")) text += chunk;
      resolve({ status: answer.statusCode, text });
    });
    asked
      .on("error", reject)
      .on("timeout", () => asked.destroy(new Error("no answer")))
      .end();
  });
}
