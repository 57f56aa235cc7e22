// What a fresh process loads, and when. Importing @azure/identity costs about 300 ms and 45 packages: only who asks for a token pays.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const script = `
  import { registerHooks } from "node:module";
  const loaded = [];
  let hidden = true;
  registerHooks({
    resolve(specifier, context, next) {
      if (/^@azure\\/|\\/azure\\//.test(specifier)) loaded.push(specifier);
      if (hidden && specifier.startsWith("@azure/")) throw Object.assign(new Error("Cannot find package"), { code: "ERR_MODULE_NOT_FOUND" });
      return next(specifier, context);
    },
  });
  const take = () => [...new Set(loaded.splice(0))].filter((name) => !name.startsWith("@azure/") || name === "@azure/identity");
  const ask = (credential) => credential.getToken("scope").then(() => "a token", (error) => error.message);
  const seen = {};
  await import("./src/index.ts");
  seen.core = take();
  const { azureCredential } = await import("./src/azure/index.ts");
  seen.entry = take();
  const credential = azureCredential({ cloud: "usGovL4" });
  seen.made = take();
  seen.missing = { error: await ask(credential), loaded: take() };
  hidden = false;
  seen.asked = { error: await ask(credential), loaded: take() };
  console.log(JSON.stringify(seen));
`;

test("@azure/identity is loaded by the first getToken, not by an import; when it is missing, the error says what to install", async () => {
  // With this variable and no other, the chain is EnvironmentCredential alone, which finds nothing and so sends nothing.
  const environment = { PATH: process.env.PATH, AZURE_TOKEN_CREDENTIALS: "EnvironmentCredential" };
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script], { env: environment });
  expect(JSON.parse(stdout)).toEqual({
    core: [],
    entry: ["./src/azure/index.ts"],
    made: [],
    missing: { error: expect.stringContaining("Run: npm install @azure/identity"), loaded: ["@azure/identity"] },
    asked: { error: expect.stringContaining("EnvironmentCredential is unavailable"), loaded: ["@azure/identity"] },
  });
});
