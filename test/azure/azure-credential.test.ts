// What azureCredential makes of its options, and when it makes it: with a stand-in for @azure/identity, without any network.
import { type Cloud, isRecordingStatusError, type TokenRequestOptions } from "teams-recording-status";
import { type AzureCredentialOptions, azureCredential } from "teams-recording-status/azure";
import { describe, expect, test } from "vitest";
import { createAzureCredential } from "../../src/azure/azure-credential.ts";

const token = { token: "t", expiresOnTimestamp: 1 };

/** A stand-in that notes what it is made with and asked for. */
function createIdentity() {
  const made: AzureCredentialOptions[] = [];
  const asked: (readonly [scopes: string | string[], options: TokenRequestOptions | undefined])[] = [];
  let loads = 0;
  class DefaultAzureCredential {
    constructor(options: AzureCredentialOptions) {
      made.push(options);
    }
    async getToken(scopes: string | string[], options?: TokenRequestOptions) {
      asked.push([scopes, options]);
      return token;
    }
  }
  const load = async () => {
    loads++;
    return { DefaultAzureCredential };
  };
  return { made, asked, load, loads: () => loads };
}

describe("the authority host", () => {
  test.each<[Cloud | undefined, string]>([
    [undefined, "https://login.microsoftonline.com"],
    ["global", "https://login.microsoftonline.com"],
    ["usGovL4", "https://login.microsoftonline.us"],
    ["usGovL5", "https://login.microsoftonline.us"],
  ])("of %s is %s", async (cloud, authorityHost) => {
    const identity = createIdentity();
    await createAzureCredential({ cloud, authorityHost: undefined }, identity.load).getToken("scope");
    expect(identity.made).toEqual([{ authorityHost }]);
  });

  test("that is given wins, and the other options are passed on without the cloud", async () => {
    const identity = createIdentity();
    const options = { authorityHost: "https://login.private.example/", tenantId: "t", managedIdentityClientId: "m", processTimeoutInMs: 1 };
    await createAzureCredential({ cloud: "usGovL4", ...options }, identity.load).getToken("scope");
    expect(identity.made).toEqual([options]);
  });

  test.each(["", "login.private.example", "http://login.private.example", "HTTPS://login.private.example", "https://", 7, null])(
    "%o is refused",
    (authorityHost) => {
      expect(() => azureCredential({ authorityHost } as AzureCredentialOptions)).toThrow(
        expect.objectContaining({ code: "BAD_INPUT", message: expect.stringContaining("authorityHost must be an absolute https URL") }),
      );
    },
  );
});

describe("the options", () => {
  test("name a cloud that has the action", () => {
    expect(() => azureCredential({ cloud: "china" as Cloud })).toThrow(
      expect.objectContaining({ code: "UNSUPPORTED_CLOUD", message: expect.stringMatching(/china.*21Vianet/) }),
    );
  });

  test.each(["mars", "toString", "__proto__", "", 7, null, [["global"]], {}])("cannot name %o as the cloud", (cloud) => {
    expect(() => azureCredential({ cloud } as AzureCredentialOptions)).toThrow(
      expect.objectContaining({ code: "BAD_INPUT", message: expect.stringContaining("cloud must be") }),
    );
  });

  test.each([[null], [7], ["global"], [[]]])("%o are refused", (options) => {
    expect(() => azureCredential(options as never)).toThrow(
      expect.objectContaining({ code: "BAD_INPUT", message: expect.stringContaining("options must be an object") }),
    );
  });

  test("count as they were at the call, those of a class too", async () => {
    const identity = createIdentity();
    const options = Object.assign(Object.create({ cloud: "usGovL4" }), { tenantId: "before" });
    const credential = createAzureCredential(options, identity.load);
    options.tenantId = "after";
    options.authorityHost = "https://evil.example";
    await credential.getToken("scope");
    expect(identity.made).toEqual([{ tenantId: "before", authorityHost: "https://login.microsoftonline.us" }]);
  });
});

describe("getToken", () => {
  test("loads and makes the credential once, at the first call, for all that wait", async () => {
    const identity = createIdentity();
    const credential = createAzureCredential({}, identity.load);
    expect(identity.loads()).toBe(0);
    expect(await Promise.all([credential.getToken("a"), credential.getToken("b"), credential.getToken("c")])).toEqual([
      token,
      token,
      token,
    ]);
    await credential.getToken("d");
    expect(identity.loads()).toBe(1);
    expect(identity.made).toHaveLength(1);
    expect(identity.asked.map(([scopes]) => scopes)).toEqual(["a", "b", "c", "d"]);
  });

  test("passes on what it is asked as it is", async () => {
    const identity = createIdentity();
    const options = { abortSignal: new AbortController().signal, tenantId: "t", claims: "{}", enableCae: true };
    const scopes = ["scope"];
    await createAzureCredential({}, identity.load).getToken(scopes, options);
    expect(identity.asked[0]?.[0]).toBe(scopes);
    expect(identity.asked[0]?.[1]).toBe(options);
    expect(options).toEqual({ abortSignal: options.abortSignal, tenantId: "t", claims: "{}", enableCae: true });
  });

  test("asks for nothing when its signal was aborted while @azure/identity was loading", async () => {
    const identity = createIdentity();
    const abort = new AbortController();
    const pending = createAzureCredential({}, identity.load).getToken("scope", { abortSignal: abort.signal });
    abort.abort("given up");
    await expect(pending).rejects.toMatchObject({ code: "ABORTED", cause: "given up" });
    expect(identity.asked).toEqual([]);
  });

  test("says what to install when @azure/identity cannot be loaded, and tries again at the next call", async () => {
    const identity = createIdentity();
    const missing = Object.assign(new Error("Cannot find package '@azure/identity'"), { code: "ERR_MODULE_NOT_FOUND" });
    const loads = [() => Promise.reject(missing), identity.load];
    const credential = createAzureCredential({}, () => loads.shift()?.() ?? expect.fail("loaded too often"));
    const rejection = await credential.getToken("scope").catch((error: unknown) => error);
    expect(isRecordingStatusError(rejection)).toBe(true);
    expect(rejection).toMatchObject({
      code: "CREDENTIAL",
      cause: missing,
      message: expect.stringContaining("npm install @azure/identity"),
    });
    expect(await credential.getToken("scope")).toBe(token);
  });

  test("passes the credential's own complaint on, and makes it anew at the next call", async () => {
    const complaint = new Error("Required environment variable 'AZURE_CLIENT_ID' is missing");
    const identity = createIdentity();
    let first = true;
    class DefaultAzureCredential {
      constructor() {
        if (!first) return;
        first = false;
        throw complaint;
      }
      getToken = async () => token;
    }
    const credential = createAzureCredential({}, async () => ({ ...(await identity.load()), DefaultAzureCredential }));
    await expect(credential.getToken("scope")).rejects.toBe(complaint);
    expect(await credential.getToken("scope")).toBe(token);
  });
});
