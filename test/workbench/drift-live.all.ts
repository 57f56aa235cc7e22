// `npm run drift -- --live` on Microsoft's real files, where copies of them lie next to this repository: served on loopback, with their megabytes.
import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createDrift } from "../../scripts/drift/drift.ts";
import { root } from "../../scripts/tool/root.ts";
import { call } from "./call.ts";
import { csdlWithoutAction } from "./drift-fixtures.ts";
import { serveHosts } from "./live-metadata.ts";

vi.setConfig({ testTimeout: 60_000 });
vi.stubEnv("FORCE_COLOR", undefined);
vi.stubEnv("NO_COLOR", "1");
afterAll(() => void vi.unstubAllEnvs());

const [global, government] = ["v1.0-Prod.csdl", "v1.0-Fairfax.csdl"].map((name) => `${root}../shared/metadata/${name}`) as [string, string];
const there = existsSync(global) && existsSync(government);
if (!there)
  console.warn("test/workbench/drift-live.all.ts skips its comparison: there is no ../shared/metadata (seen from the repository's root).");

describe.skipIf(!there)("Microsoft's files", () => {
  let server: Awaited<ReturnType<typeof serveHosts>>;
  beforeAll(async () => {
    server = await serveHosts(({ url = "" }, response) => {
      if (url.includes(".cn/")) response.end(csdlWithoutAction);
      else response.end(readFileSync(url.includes(".us/") ? government : global));
    });
  });
  afterAll(() => server.close());

  test("agree in v1.0 of every cloud", async () => {
    const { code, stdout } = await call(createDrift({ fetch: server.fetch }), root, "--live", "--version", "v1.0");
    expect(code, stdout).toBe(0);
    expect(stdout.match(/^ {2}AGREES +(global|usGovL4|usGovL5) v1\.0 /gm)).toHaveLength(3);
  });

  test("of v1.0 in the place of beta's lack the path of old, and that differs", async () => {
    const { code, stdout } = await call(createDrift({ fetch: server.fetch }), root, "--live", "--cloud", "global");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^DIFFERS {2}Microsoft's live metadata: the spec differs from global beta\.\n/);
  });
});
