import { describe, expect, test } from "vitest";
import { createRecordingClient, type RecordingClientOptions } from "../../src/index.ts";
import { cloudEndpoint, customEndpoint } from "../../src/input/endpoint.ts";
import { unsupportedClouds } from "../../src/wire.ts";

const credential = { getToken: async () => ({ token: "t", expiresOnTimestamp: 0 }) };
/** What the spec refuses; no version: all of them. */
const refused = unsupportedClouds.map((one) => ({ ...one, versions: "version" in one ? [one.version] : ["v1.0", "beta"] }));
const create = (options: object) => () => createRecordingClient({ credential, ...options } as RecordingClientOptions);

describe("the cloud table", () => {
  test("global v1.0 is the default", () => {
    expect(cloudEndpoint("global", "v1.0")).toEqual({
      baseUrl: "https://graph.microsoft.com/v1.0",
      origin: "https://graph.microsoft.com",
      tokenScope: "https://graph.microsoft.com/.default",
      authorityHost: "https://login.microsoftonline.com",
    });
    expect(create({})).not.toThrow();
  });

  test.each(refused.flatMap(({ name, versions, reason }) => versions.map((version) => ({ cloud: name, version, reason }))))(
    "$cloud $version is refused with the reason",
    ({ cloud, version, reason }) => {
      expect(create({ cloud, version })).toThrow(
        expect.objectContaining({ code: "UNSUPPORTED_CLOUD", message: expect.stringContaining(reason) }),
      );
    },
  );

  test.each([
    [{ cloud: "mars" }, "cloud must be one of global, usGovL4, usGovL5"],
    [{ cloud: "toString" }, "cloud must be one of"],
    [{ cloud: "__proto__" }, "cloud must be one of"],
    [{ cloud: 7 }, "cloud must be a string"],
    [{ version: "v2.0" }, "version must be one of v1.0, beta for cloud global"],
    [{ version: "constructor" }, "version must be one of"],
  ])("%o is bad input", (options, message) => {
    expect(create(options)).toThrow(expect.objectContaining({ code: "BAD_INPUT", message: expect.stringContaining(message) }));
  });
});

describe("baseUrl", () => {
  test.each([
    ["http://127.0.0.1:4010", "http://127.0.0.1:4010"],
    ["http://127.9.8.7/v1.0/", "http://127.9.8.7/v1.0"],
    ["http://127.1:80/", "http://127.0.0.1"],
    ["http://localhost:1/a/b//", "http://localhost:1/a/b"],
    ["https://LOCALHOST/v1.0", "https://localhost/v1.0"],
    ["http://[::1]:5/beta", "http://[::1]:5/beta"],
    ["https://graph.microsoft.com/v1.0", "https://graph.microsoft.com/v1.0"],
  ])("%s needs no opt-in", (baseUrl, root) => {
    expect(customEndpoint(baseUrl, undefined, false).baseUrl).toBe(root);
  });

  test.each([
    ["http://graph.microsoft.com/v1.0", "must be https"],
    ["http://proxy.example/v1.0", "must be https"],
    ["https://proxy.example/v1.0", "allowUnknownHost: true"],
    ["https://graph.microsoft.com.evil.example/v1.0", "allowUnknownHost: true"],
    ["https://graph.microsoft.com:8443/v1.0", "allowUnknownHost: true"],
    ["https://127.0.0.1.evil.example", "allowUnknownHost: true"],
    ["https://localhost.evil.example", "allowUnknownHost: true"],
    ["https://128.0.0.1", "allowUnknownHost: true"],
    ["https://user:secret@localhost/", "user name or password"],
    ["https://graph.microsoft.com@evil.example/v1.0", "user name or password"],
    ["http://localhost/?a=b", "no query"],
    ["http://localhost/#", "no query and no fragment"],
    ["http://localhost/?", "no query and no fragment"],
    ["file:///etc/passwd", "must be https"],
    ["localhost:4010", "must be https"],
    ["/v1.0", "no absolute URL"],
    ["", "no absolute URL"],
  ])("%s is refused: %s", (baseUrl, problem) => {
    expect(create({ baseUrl })).toThrow(expect.objectContaining({ code: "BAD_INPUT", message: expect.stringContaining(problem) }));
  });

  test("an unknown host passes with https and the opt-in, never with http", () => {
    expect(create({ baseUrl: "https://proxy.example/v1.0", allowUnknownHost: true })).not.toThrow();
    expect(create({ baseUrl: "http://proxy.example/v1.0", allowUnknownHost: true })).toThrow(/must be https/);
    expect(create({ baseUrl: "https://proxy.example/v1.0", allowUnknownHost: "yes" })).toThrow(/allowUnknownHost must be true or false/);
  });

  test.each(
    refused.flatMap(({ url, versions: [version = ""] }) => {
      const { origin } = new URL(url);
      const odd = `%${version.charCodeAt(0).toString(16)}${version.slice(1)}`;
      return [`/${version}`, `/${version}/`, `//${version.toUpperCase()}/x`, `/${odd}`, `./${version}`].map((path) => origin + path);
    }),
  )("%s has no such action, opt-in or not", (baseUrl) => {
    expect(create({ baseUrl, allowUnknownHost: true })).toThrow(expect.objectContaining({ code: "UNSUPPORTED_CLOUD" }));
  });

  test("the token scope is that of the cloud named, else of the host's own cloud, else global", () => {
    const scope = (url: string, cloud?: string) => customEndpoint(url, cloud, true).tokenScope;
    expect(scope("http://localhost", "usGovL5")).toBe("https://dod-graph.microsoft.us/.default");
    expect(scope("https://graph.microsoft.us/v1.0")).toBe("https://graph.microsoft.us/.default");
    expect(scope("https://proxy.example")).toBe("https://graph.microsoft.com/.default");
    expect(() => scope("https://graph.microsoft.us/v1.0", "global")).toThrow(/belongs to cloud usGovL4, not global/);
    expect(() => scope("http://localhost", "china")).toThrow(expect.objectContaining({ code: "UNSUPPORTED_CLOUD" }));
  });

  test("version beside it is an error", () => {
    expect(create({ baseUrl: "http://localhost/v1.0", version: "v1.0" })).toThrow(/baseUrl or version, not both/);
  });
});

test("what a class of options defines counts, and each option is read once", () => {
  const inherited = Object.create({ cloud: "china" }, { credential: { value: credential, enumerable: true } });
  expect(() => createRecordingClient(inherited)).toThrow(/china cannot be used/);
  let reads = 0;
  const counted = {
    get credential() {
      reads++;
      return credential;
    },
  };
  createRecordingClient(counted);
  expect(reads).toBe(1);
});

test.each([
  [undefined, "the options must be an object such as { credential"],
  [null, "the options must be an object such as { credential"],
  [[], "the options must be an object such as { credential"],
  [{}, "credential must be a TokenCredential"],
  [{ credential: {} }, "credential must be a TokenCredential"],
  [{ credential, fetch: "fetch" }, "fetch must be a function"],
  [{ credential, attemptTimeoutMs: 0 }, "attemptTimeoutMs must be a number of milliseconds from 1"],
  [{ credential, deadlineMs: -1 }, "deadlineMs must be a number of milliseconds from 0"],
  [{ credential, deadlineMs: Number.NaN }, "deadlineMs must be"],
  [{ credential, deadlineMs: Number.POSITIVE_INFINITY }, "deadlineMs must be"],
  [{ credential, deadlineMs: 2 ** 31 }, "to 2147483647"],
  [{ credential, deadlineMs: "1" }, "deadlineMs must be"],
])("options %o are refused", (options, message) => {
  expect(() => createRecordingClient(options as never)).toThrow(
    expect.objectContaining({ code: "BAD_INPUT", message: expect.stringContaining(message) }),
  );
});
