// What must hold between several places of the spec, whatever their values are.
import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { schemaFacts } from "../../scripts/judges/facts/facts-schemas.ts";
import type { Json } from "../../scripts/spec/document.ts";
import { root } from "../../scripts/tool/root.ts";
import { lookUp } from "./read-spec.ts";

type Server = { url: string; "x-cloud"?: { name: string; version: string; authorityHost: string; tokenScope: string } };
type Operation = { operationId: string; security?: Record<string, string[]>[]; "x-successor"?: string };
type PathItem = { servers?: Server[]; get?: Operation; post?: Operation };

const rootServers = (lookUp("servers") ?? []) as Server[];
const paths = (lookUp("paths") ?? {}) as Record<string, PathItem>;
const webhooks = (lookUp("webhooks") ?? {}) as Record<string, PathItem>;
const servers = [...rootServers, ...Object.values(paths).flatMap((path) => path.servers ?? [])];
const operations = [...Object.values(paths), ...Object.values(webhooks)].flatMap(({ get, post }) =>
  [get, post].filter((one) => one !== undefined),
);

describe("clouds", () => {
  test.each(servers)("$url: the token scope is the root and /.default", ({ url, "x-cloud": cloud }) => {
    expect(cloud?.tokenScope).toBe(`${new URL(url).origin}/.default`);
  });

  test.each(servers)("$url: the last segment is the version of x-cloud", ({ url, "x-cloud": cloud }) => {
    expect(url).toBe(`${new URL(url).origin}/${cloud?.version}`);
  });

  test("the token address is at the global authority host", () => {
    const global = rootServers.find(({ "x-cloud": cloud }) => cloud?.name === "global");
    const tokenUrl = lookUp("components", "securitySchemes", "graphApplication", "flows", "clientCredentials", "tokenUrl");
    expect(new URL(`${tokenUrl}`).origin).toBe(global?.["x-cloud"]?.authorityHost);
  });

  test("China has no server", () => {
    const chinese = servers.filter(({ url, "x-cloud": cloud }) => cloud?.name === "china" || new URL(url).hostname.endsWith(".cn"));
    expect(chinese, "the cloud operated by 21Vianet has no updateRecordingStatus").toEqual([]);
  });

  test("each cloud either has a version or is refused in it with a reason", () => {
    type Refused = { name: string; version?: string };
    const refused = (lookUp("x-unsupported-clouds") ?? []) as unknown as Refused[];
    const served = rootServers.flatMap(({ "x-cloud": cloud }) => (cloud === undefined ? [] : [cloud]));
    const [names, versions] = [new Set(served.map(({ name }) => name)), new Set(served.map(({ version }) => version))];
    const open = [...names].flatMap((name) =>
      [...versions]
        .filter((version) => ![...served, ...refused].some((one) => one.name === name && (one.version ?? version) === version))
        .map((version) => `${name} ${version}`),
    );
    if (open.length > 0)
      throw new Error(
        `openapi/recording-status.yaml: ${open.join(", ")} is neither served nor refused: add it to servers, or to x-unsupported-clouds with the reason.`,
      );
  });

  test("every path below /app has beta servers only: the v1.0 metadata has no singleton app", () => {
    const below = Object.entries(paths).filter(([path]) => path.startsWith("/app/"));
    expect(below.map(([path, item]) => [path, item.servers?.map(({ url }) => url)])).toEqual([
      ["/app/calls/{id}/updateRecordingStatus", ["https://graph.microsoft.com/beta"]],
    ]);
  });
});

describe("security", () => {
  test.each(operations)("$operationId needs a token", ({ security = [] }) => {
    expect(security.length, "an operation without security sends no token").toBeGreaterThan(0);
    expect(security, "{} would mean: or no token at all").not.toContainEqual({});
  });

  test("Calls.JoinGroupCalls.All is no permission: an old page misspelt Calls.JoinGroupCall.All", () => {
    const files = globSync(["{openapi,generated,src,docs}/**/*.*", "README.md"], { cwd: root });
    expect(files.length).toBeGreaterThan(3);
    const wrong = files.filter((file) => readFileSync(root + file, "utf8").includes("Calls.JoinGroupCalls.All"));
    expect(wrong, "these files name a role that does not exist").toEqual([]);
  });
});

describe("examples", () => {
  const updated = ["components", "responses", "RecordingStatusUpdated"];

  test("the documented answer is the documentation's, letter for letter", () => {
    const example = lookUp(...updated, "content", "application/json", "examples", "documented", "value");
    expect(JSON.stringify(example), "the order of the fields counts here").toBe(
      '{"@odata.type":"#microsoft.graph.updateRecordingStatusOperation","clientContext":"clientContext-value","id":"0fe0623f-d628-42ed-b4bd-8ac290072cc5","resultInfo":null,"status":"completed"}',
    );
  });

  test("the documented Location is that of the documented operation", () => {
    expect(lookUp(...updated, "headers", "Location", "example")).toBe(
      "https://graph.microsoft.com/v1.0/communications/calls/57dab8b1-894c-409a-b240-bd8beae78896/operations/0fe0623f-d628-42ed-b4bd-8ac290072cc5",
    );
  });

  test("the claims challenge carries base64 of the claims that the next token needs", () => {
    const challenge = lookUp(
      "components",
      "responses",
      "Unauthorized",
      "headers",
      "WWW-Authenticate",
      "examples",
      "claimsChallenge",
      "value",
    );
    const claims = /\bclaims="([^"]+)"/.exec(`${challenge}`)?.[1] ?? "";
    expect(JSON.parse(Buffer.from(claims, "base64").toString("utf8"))).toEqual({
      access_token: { nbf: { essential: true, value: "1604106651" } },
    });
  });

  test("contextAtLimit has as many code points as are allowed", () => {
    const body = ["components", "requestBodies", "UpdateRecordingStatus", "content", "application/json"];
    const clientContext = lookUp(...body, "examples", "contextAtLimit", "value", "clientContext");
    const { value, source } = schemaFacts["schema UpdateRecordingStatusRequest.clientContext: maxLength"];
    expect([...`${clientContext}`].length, source).toBe(value);
  });

  test("each property of the request is given by an example, which is a case of the contract tests by that alone", () => {
    const values = Object.values(
      (lookUp("components", "requestBodies", "UpdateRecordingStatus", "content", "application/json", "examples") ?? {}) as Record<
        string,
        { value: object }
      >,
    );
    const names = Object.keys(lookUp("components", "schemas", "UpdateRecordingStatusRequest", "properties") ?? {});
    const without = names.filter((name) => !values.some(({ value }) => Object.hasOwn(value, name)));
    const place = "openapi/recording-status.yaml, components/requestBodies/UpdateRecordingStatus";
    if (without.length > 0)
      throw new Error(`${place}: add an example that gives ${without.join(", ")}; without one no test sees whether it leaves.`);
  });

  test("the template in the documentation's sample request is no status", () => {
    expect(lookUp("components", "schemas", "ReportableStatus", "enum")).not.toContain("notRecording | recording | failed");
  });
});

describe("patterns", () => {
  const matches = (pattern: Json | undefined, text: string) => new RegExp(`${pattern}`, "u").test(text);

  test.each(["CallId", "OperationId"])("%s refuses dot segments and nothing else", (name) => {
    const ids = [".", "..", "...", ".a", "a..", "57dab8b1-894c-409a-b240-bd8beae78896", "57DAB8B1894C409AB240BD8BEAE78896", "19:a/b?c#d"];
    const pattern = lookUp("components", "parameters", name, "schema", "pattern");
    expect(ids.filter((id) => !matches(pattern, id))).toEqual([".", ".."]);
  });

  test.each(["TooManyRequests", "ServiceUnavailable"])("%s: Retry-After is whole seconds or an HTTP date", (name) => {
    const pattern = lookUp("components", "responses", name, "headers", "Retry-After", "schema", "pattern");
    const values = [
      "0",
      "10",
      "Mon, 23 Nov 2026 18:00:00 GMT",
      "",
      "-5",
      "1.5",
      "10 s",
      "Mon, 23 Nov 2026 18:00:00 CET",
      "2026-11-23T18:00:00Z",
    ];
    expect(values.filter((value) => matches(pattern, value))).toEqual(["0", "10", "Mon, 23 Nov 2026 18:00:00 GMT"]);
  });
});

describe("answers", () => {
  const answers = Object.entries(
    (lookUp("components", "responses") ?? {}) as Record<string, { description: string; "x-retryable"?: true }>,
  );

  test.each(answers)("%s: x-retryable and the description say the same", (name, { description, "x-retryable": marked = false }) => {
    const said = !/not retryable/i.test(description) && /retryable/i.test(description);
    const cure = marked ? 'begin its description with "Retryable."' : 'add "x-retryable: true", or write "Not retryable."';
    expect(said, `openapi/recording-status.yaml, components/responses/${name}: ${cure}`).toBe(marked);
  });
});

test("a deprecated operation's successor exists", () => {
  const successors = operations.map((operation) => operation["x-successor"]).filter((name) => name !== undefined);
  expect(operations.map(({ operationId }) => operationId)).toEqual(expect.arrayContaining(successors));
});
