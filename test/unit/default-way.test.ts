// By which way the default exchange sends: as a server sees it, in processes of their own.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { runNode } from "../../scripts/tool/run-node.ts";
import { nodeModules } from "../../src/node/modules.ts";

const child = fileURLToPath(new URL("default-way.ts", import.meta.url));

async function waysOf(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<unknown> {
  const { code, stdout, stderr } = await runNode(args, { timeoutMs: 20_000, env });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout);
}

test("Node's own client, unless somebody has changed what fetch does", async () => {
  expect(await waysOf([child])).toEqual({
    "as it is": "node",
    "after a fetch by somebody else": "node",
    "fetch replaced": "fetch, 1 by the stub",
    "fetch put back": "node",
    "a stub with the text of fetch": "nothing came",
    "fetch taken away": "nothing came",
    "somebody listens to undici:request:create": "fetch",
    "somebody listens to undici:request:headers": "fetch",
    "somebody listens to undici:client:sendHeaders": "fetch",
    "nobody listens any more": "node",
    "Node's own dispatcher patched": "fetch",
    "the patch taken away": "node",
    "a proxy around Node's own dispatcher": "fetch",
    "an agent of the package undici": "fetch",
    "another class by the name of Agent": "fetch",
    "a mock of the package undici": "nothing came, 0 left in the mock",
  });
});

test("the proxy that the process was started with", async () => {
  const asked: string[] = [];
  const proxy = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end();
  });
  proxy.on("connect", ({ method, url }, socket) => {
    asked.push(`${method} ${url}`);
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const env = { NODE_USE_ENV_PROXY: "1", HTTP_PROXY: address, NO_PROXY: "", NODE_NO_WARNINGS: "1" };
  expect(await waysOf([child, "once"], env)).toEqual({ "as it is": "nothing came" });
  expect(asked).toHaveLength(1);
  proxy.close();
});

test("fetch, in a Node that does not call itself so", async () => {
  expect(await waysOf(["--no-experimental-global-navigator", child, "once"])).toEqual({ "as it is": "fetch" });
});

describe("no other runtime is taken for Node, although each has getBuiltinModule", () => {
  const process = { getBuiltinModule: (name: string) => name };
  test.each(["Deno/2.9.6", "Bun/1.4.5", "Cloudflare-Workers", "Mozilla/5.0 (X11; Linux x86_64)", "jsdom/27.0", undefined])(
    "%s",
    (userAgent) => {
      expect(nodeModules({ process, navigator: userAgent === undefined ? {} : { userAgent } })).toBeUndefined();
    },
  );

  const asNode = { userAgent: "Node.js/26" };
  test("an older Node has no such function", () => {
    expect(nodeModules({ process: {}, navigator: asNode })).toBeUndefined();
  });

  test.each([
    ["a function that throws", { navigator: asNode, process: { getBuiltinModule: () => expect.fail() } }],
    ["one that gives nothing", { navigator: asNode, process: { getBuiltinModule: () => undefined } }],
    [
      "a navigator that nobody may look at",
      {
        get navigator(): never {
          throw new Error("no");
        },
        process,
      },
    ],
    ["a user agent that is no text", { navigator: { userAgent: 26 }, process }],
  ])("a sandbox: %s", (_, globals) => expect(nodeModules(globals)).toBeUndefined());
});
