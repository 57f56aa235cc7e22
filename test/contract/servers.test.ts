// Prism ignores servers, security schemes and permissions. What the client makes of them is contract all the same: where it sends, for whose
// token it asks, and what it refuses.
import { createFetchClient } from "teams-recording-status/client";
import { describe, expect, test } from "vitest";
import { connect, observeCredential, token } from "../support/connect.ts";
import { observeFetch } from "../support/observed-fetch.ts";
import { refusalOf, thrownBy } from "../support/refusal.ts";
import { cloudServers, mainOperation, pathOf, permissionsOf, unsupportedClouds } from "../support/spec.ts";

const callId = "57dab8b1-894c-409a-b240-bd8beae78896";
const path = `/communications/calls/${callId}/updateRecordingStatus`;

test("the path of the action is the one in the spec", () => {
  expect(pathOf(mainOperation, { id: callId })).toBe(path);
});

describe("the client reports to exactly one address, with a token for exactly one scope", () => {
  for (const { url, cloud, version, tokenScope } of cloudServers()) {
    test(`${cloud} ${version}: ${url}, ${tokenScope}`, () => expectReport({ cloud, version }, url, tokenScope));
    test(`the same by baseUrl: ${url}`, () => expectReport({ baseUrl: url }, url, tokenScope));
    test(`the same by baseUrl with a slash: ${url}/`, () => expectReport({ baseUrl: `${url}/` }, url, tokenScope));
  }

  const byDefault = cloudServers().find(({ cloud, version }) => cloud === "global" && version === "v1.0");
  test(`no cloud named: ${byDefault?.url}`, () => expectReport({}, String(byDefault?.url), String(byDefault?.tokenScope)));

  for (const { cloud, tokenScope } of cloudServers()) {
    test(`a mock in place of ${cloud}: the scope is still ${tokenScope}`, () =>
      expectReport({ baseUrl: "http://127.0.0.1:4010", cloud }, "http://127.0.0.1:4010", tokenScope));
  }
});

describe("a cloud, or a version in it, that has no such action is refused, with the reason in the spec", () => {
  for (const { name, version, url, reason } of unsupportedClouds()) {
    const versions = version === undefined ? [undefined, "v1.0", "beta"] : [version];
    for (const one of versions) {
      test(`${name} ${one ?? "without a version"}: UNSUPPORTED_CLOUD`, () =>
        expectRefusal({ cloud: name, ...(one === undefined ? {} : { version: one }) }, reason));
    }
    test(`${url} as baseUrl: UNSUPPORTED_CLOUD`, () => expectRefusal({ baseUrl: url }, reason));
  }
});

describe("the deprecated path", () => {
  test("is called by the fetch client", async () => {
    const sent: string[] = [];
    const client = createFetchClient({
      baseUrl: "https://graph.microsoft.com/beta",
      fetch: async ({ method, url }) => {
        sent.push(`${method} ${url}`);
        return Response.json({});
      },
    });
    await client.updateRecordingStatusOnApp({ params: { path: { id: callId } }, body: { status: "recording" } });
    expect(sent).toEqual([`POST https://graph.microsoft.com/beta/app/calls/${callId}/updateRecordingStatus`]);
  });

  test("is never called by the ergonomic client, in no cloud and for no status", async () => {
    for (const { cloud, version } of cloudServers()) {
      const { fetch, exchanges } = observeFetch(async () => completed());
      const client = connect({ cloud, version }, { fetch });
      for (const status of ["recording", "notRecording", "failed"] as const) await client.updateRecordingStatus(callId, { status });
      expect(exchanges.map(({ url }) => new URL(url).pathname)).toEqual(Array(3).fill(`/${version}${path}`));
    }
  });
});

test("who lacks a permission is told which ones will do, as the spec names them", async () => {
  const permissions = permissionsOf(mainOperation);
  expect(permissions.length).toBeGreaterThan(0);
  const refusal = Response.json({ error: { code: "7504", message: "Insufficient enterprise tenant permissions." } }, { status: 403 });
  const error = await refusalOf(connect({}, { fetch: async () => refusal }).updateRecordingStatus(callId, { status: "recording" }));
  for (const permission of permissions) expect(error.hint).toContain(permission);
});

async function expectReport(target: Parameters<typeof connect>[0], url: string, tokenScope: string): Promise<void> {
  const { fetch, exchanges } = observeFetch(async () => completed());
  const { credential, asked } = observeCredential();
  await connect(target, { fetch, credential }).updateRecordingStatus(callId, { status: "recording" });
  expect(exchanges.map((exchange) => `${exchange.method} ${exchange.url}`)).toEqual([`POST ${url}${path}`]);
  expect(asked.flat()).toEqual([tokenScope]);
  expect(exchanges[0]?.headers.get("authorization")).toBe(`Bearer ${token}`);
}

function expectRefusal(target: Parameters<typeof connect>[0], reason: string): void {
  const { credential, asked } = observeCredential();
  const error = thrownBy(() => connect(target, { credential }));
  expect(error).toMatchObject({ code: "UNSUPPORTED_CLOUD", retryable: false, message: expect.stringContaining(reason) });
  expect(asked).toEqual([]);
}

function completed(): Response {
  return Response.json({ id: "operation", status: "completed" });
}
