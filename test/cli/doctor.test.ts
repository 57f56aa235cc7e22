// `doctor`: what it finds, what it says to do, and that it prints no token.
import { startFakeGraph } from "teams-recording-status/testing";
import { expect, onTestFinished, test } from "vitest";
import { type Given, invoke } from "./invoke.ts";

const now = Date.UTC(2026, 10, 26, 12);
const [tenant, application] = ["2432b57b-0abd-43db-aa7b-16eadd115d34", "8a3f0b5e-6d0c-4c1e-9f3a-2b7d4e5f6a70"];
const good = {
  aud: "https://graph.microsoft.com",
  roles: ["Calls.JoinGroupCall.All", "User.Read.All"],
  tid: tenant,
  appid: application,
  exp: now / 1000 + 3_600,
};

/** A token with these claims; its signature is a secret that nobody may print. */
function tokenOf(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "RS256" })}.${part(claims)}.c2VjcmV0LXNpZ25hdHVyZS1vZi1hLXRva2Vu`;
}

const notFound = () => answer(404, { error: { code: "UnknownError", message: "Not found." } });
function answer(status: number, body: object, headers: Record<string, string> = {}) {
  return Response.json(body, { status, headers: { date: new Date(now).toUTCString(), ...headers } });
}

type World = { readonly token?: string | null; readonly args?: string; readonly fetch?: Given["fetch"] };

/** Runs it with a token and an answer; gives each check by its name. */
async function examine({ token = tokenOf(good), args = "", fetch = async () => notFound() }: World = {}) {
  const asked: { scope?: unknown; tenantId?: unknown; url?: string; authorization?: string | null } = {};
  const getToken = async (scope: unknown, options?: { tenantId?: string }) => {
    Object.assign(asked, { scope, tenantId: options?.tenantId });
    return token === null ? null : { token, expiresOnTimestamp: now + 3_600_000 };
  };
  const run = await invoke(`doctor --json ${args}`, {
    now: () => now,
    credential: async () => ({ getToken }),
    fetch: (url, init) => {
      Object.assign(asked, { url, authorization: new Headers(init.headers).get("authorization"), method: init.method });
      return fetch(url, init);
    },
  });
  const { checks } = run.json() as { checks: { name: string; verdict: string; found: string; todo?: string }[] };
  const text = [...run.out, ...run.err].join("\n");
  expect(text).not.toMatch(/c2VjcmV0|eyJ/);
  return { ...run, asked, checks: Object.fromEntries(checks.map((check) => [check.name, check])) };
}

test("all is well: exit code 0, and nothing was asked that changes anything", async () => {
  const { code, checks, asked } = await examine({ args: `--tenant ${tenant}` });
  expect(code).toBe(0);
  expect(Object.values(checks).map(({ name, verdict }) => `${name} ${verdict}`)).toEqual(
    ["version", "cloud", "credential", "roles", "audience", "tenant", "expiry", "reachability", "clock"]
      .map((name) => `${name} ok`)
      .toSorted(
        (one, other) => Object.keys(checks).indexOf(one.split(" ")[0] ?? "") - Object.keys(checks).indexOf(other.split(" ")[0] ?? ""),
      ),
  );
  expect(asked).toMatchObject({ scope: "https://graph.microsoft.com/.default", tenantId: tenant, method: "GET" });
  expect(asked.url).toMatch(/^https:\/\/graph\.microsoft\.com\/v1\.0\/communications\/calls\/[0-9a-f-]{36}\/operations\/[0-9a-f-]{36}$/);
});

test.each([
  ["no role", { roles: undefined }, "roles", "fail", /Calls\.AccessMedia\.All or Calls\.JoinGroupCall\.All/],
  ["other roles", { roles: ["User.Read.All"] }, "roles", "fail", /Grant the application permission Calls\.AccessMedia\.All/],
  ["a delegated token", { roles: undefined, scp: "User.Read" }, "roles", "fail", /Use an application token/],
  ["another audience", { aud: "https://graph.microsoft.us" }, "audience", "fail", /--cloud/],
  ["an audience by its id", { aud: application }, "audience", "ok", undefined],
  ["another tenant", { tid: application }, "tenant", "fail", /Let the credential ask in that tenant/],
  ["a token that has ended", { exp: now / 1000 - 1 }, "expiry", "fail", /clock/],
  ["a token that has not begun", { nbf: now / 1000 + 60 }, "expiry", "fail", /clock/],
] as const)("%s", async (_, claims, name, verdict, todo) => {
  const { code, checks } = await examine({ token: tokenOf({ ...good, ...claims }), args: `--tenant ${tenant}` });
  expect([code, checks[name]?.verdict]).toEqual([verdict === "fail" ? 1 : 0, verdict]);
  if (todo === undefined) expect(checks[name]?.todo).toBeUndefined();
  else expect(checks[name]?.todo).toMatch(todo);
});

test("a token that cannot be read is a warning, not a failure", async () => {
  const { code, checks } = await examine({ token: "opaque-token-that-is-c2VjcmV0" });
  expect([code, checks.roles?.verdict]).toEqual([0, "warn"]);
});

test.each([
  ["the token is refused", 401, { error: { code: "InvalidAuthenticationToken", message: "No." } }, "fail", /Check the credential/],
  [
    "no consent, 7504",
    403,
    { error: { code: "7504", message: "No consent." } },
    "fail",
    /administrator of that tenant consent .* by --tenant\.$/,
  ],
  ["the application is no bot, 7503", 403, { error: { code: "7503", message: "No bot." } }, "fail", /calling on the bot's Teams channel/],
  ["reading back is refused", 403, { error: { code: "Forbidden", message: "No." } }, "warn", /although it takes reports/],
  ["the call is not found, 8522", 404, { error: { code: "8522", message: "Call not found." } }, "ok", undefined],
  ["busy", 503, { error: { code: "503", message: "Busy." } }, "warn", /try again/],
  ["a redirect", 302, {}, "fail", /a proxy, a portal/],
] as const)("%s", async (_, status, body, verdict, todo) => {
  const { code, checks } = await examine({ fetch: async () => answer(status, body) });
  expect([code, checks.reachability?.verdict]).toEqual([verdict === "fail" ? 1 : 0, verdict]);
  if (todo !== undefined) expect(checks.reachability?.todo).toMatch(todo);
});

test.each([
  [0, "ok"],
  [29, "ok"],
  [31, "warn"],
  [-31, "warn"],
  [-301, "fail"],
  [301, "fail"],
])("a clock that is %i s off: %s", async (seconds, verdict) => {
  const date = new Date(now - seconds * 1000).toUTCString();
  const { checks } = await examine({ fetch: async () => answer(404, {}, { date }) });
  expect(checks.clock?.verdict).toBe(verdict);
  if (verdict !== "ok") expect(checks.clock?.found).toContain(`${Math.abs(seconds)} s ${seconds < 0 ? "behind" : "ahead of"}`);
});

test("no connection: the reason, and where to look", async () => {
  const cause = Object.assign(new Error("getaddrinfo ENOTFOUND graph.microsoft.com"), { code: "ENOTFOUND" });
  const { code, checks } = await examine({ fetch: () => Promise.reject(new TypeError("fetch failed", { cause })) });
  expect([code, checks.reachability]).toMatchObject([1, { verdict: "fail", todo: expect.stringContaining("HTTPS_PROXY") }]);
  expect(checks.reachability?.found).toContain("ENOTFOUND");
});

test("without a token it still sees whether Graph is there, and sends no Authorization", async () => {
  const { code, checks, asked } = await examine({ token: null, fetch: async () => answer(401, { error: { code: "x", message: "y" } }) });
  expect([code, checks.credential?.verdict, checks.reachability?.verdict, asked.authorization]).toEqual([1, "fail", "ok", null]);
});

test("a server that echoes the token finds it in no line", async () => {
  const echo: Given["fetch"] = async (_url, init) =>
    answer(403, { error: { code: "x", message: `You sent ${new Headers(init.headers).get("authorization")}` } });
  const { checks } = await examine({ fetch: echo });
  expect(checks.reachability?.found).toContain("[token]");
});

test("as text: a line for each check, and what to do below it", async () => {
  const fake = await startFakeGraph();
  onTestFinished(() => fake.close());
  const { code, out } = await invoke(`doctor --base-url ${fake.baseUrl}`, { now: Date.now });
  expect(code).toBe(0);
  expect(out).toContain(`ok    cloud         none (loopback), ${fake.baseUrl}`);
  expect(out.find((line) => line.includes("reachability"))).toMatch(/^ok {4}reachability {2}the fake of this package answers/);
});

test("a token that the client would refuse to send fails here too, and is not sent", async () => {
  const env = { TEAMS_RECORDING_STATUS_TOKEN: "a-token-from-a-file\r\n" };
  const sent: (string | null)[] = [];
  const fetch = async (_url: string, init: RequestInit) => {
    sent.push(new Headers(init.headers).get("authorization"));
    return new Response(null, { status: 401 });
  };
  const { code, json } = await invoke("doctor --json", { env, fetch });
  const credential = json().checks.find(({ name }: { name: string }) => name === "credential");
  expect([code, credential.verdict, credential.found, sent]).toEqual([1, "fail", expect.stringContaining("characters"), [null]]);
});

test("a call that no report could be sent for is refused as set refuses it", async () => {
  const { code, err } = await invoke("doctor --call .. --base-url http://127.0.0.1:9/v1.0");
  expect([code, err]).toEqual([2, [expect.stringMatching(/^--call ".." is not allowed/)]]);
});
