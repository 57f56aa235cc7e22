// A polluted Object.prototype gives no argument: what the caller left out stays left out. Inside, the library is plain code and looks for nothing.
import { describe, expect, test } from "vitest";
import { createRecordingClient, type RecordingClientOptions } from "../../src/index.ts";
import { exchangeByNode } from "../../src/node/exchange-by-node.ts";

const completed = () => Response.json({ id: "1", status: "completed" });

async function report(answer: () => Response, options: Partial<RecordingClientOptions> = {}) {
  const sent: string[] = [];
  const graph = createRecordingClient({
    credential: { getToken: async () => ({ token: "secret-token", expiresOnTimestamp: 1e15 }) },
    fetch: async (url) => {
      sent.push(url);
      return answer();
    },
    ...options,
  });
  const result: unknown = await graph.updateRecordingStatus("c", { status: "recording" }).catch((error: unknown) => error);
  return { sent, result };
}

/** Runs the work while every object seems to have the property. */
async function whilePolluted<T>(name: string, value: unknown, work: () => Promise<T>): Promise<T> {
  Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true, enumerable: false });
  try {
    return await work();
  } finally {
    delete (Object.prototype as Record<string, unknown>)[name];
  }
}

const pollutions: readonly (readonly [name: string, value: unknown])[] = [
  ["cloud", "china"],
  ["version", "beta"],
  ["allowUnknownHost", true],
  ["attemptTimeoutMs", -1],
  ["deadlineMs", 0],
  ["maxConcurrency", 0],
  ["onAttempt", "evil"],
  ["retry", "evil"],
  ["signal", AbortSignal.abort("evil")],
  ["tenantId", "evil"],
];

test.each(pollutions)("%s: a success stays one, at the same address", async (name, value) => {
  const { sent, result } = await whilePolluted(name, value, () => report(completed));
  expect(result).toMatchObject({ status: "completed", id: "1" });
  expect(sent).toEqual(["https://graph.microsoft.com/v1.0/communications/calls/c/updateRecordingStatus"]);
});

test("a polluted baseUrl sends no token elsewhere", async () => {
  const { sent } = await whilePolluted("baseUrl", "https://evil.example/v1.0", () => report(completed));
  expect(sent).toEqual(["https://graph.microsoft.com/v1.0/communications/calls/c/updateRecordingStatus"]);
});

describe("by Node's own client, of which Node 22 copies its options into an object with a prototype", () => {
  const names = [
    "agent",
    "auth",
    "createConnection",
    "defaultPort",
    "host",
    "hostname",
    "lookup",
    "path",
    "port",
    "protocol",
    "setHost",
    "signal",
  ];
  test.each([...names, "socketPath", "timeout", "method", "headers"])("%s is as it was", async (name) => {
    const asked: unknown[] = [];
    const request = (options: object) => {
      asked.push((Object.assign({}, options) as Record<string, unknown>)[name]);
      throw new Error("It was not to be sent.");
    };
    const exchange = exchangeByNode("http://127.0.0.1:9/v1.0", { http: { request } } as never);
    const ask = () => exchange("http://127.0.0.1:9/v1.0/a", { method: "GET", headers: {} }, new AbortController().signal).catch(() => {});
    await ask();
    await whilePolluted(name, "evil", ask);
    expect(asked).toEqual([asked[0], asked[0]]);
  });
});

test("what a class defines counts, a getter too", async () => {
  class Options {
    get tenantId() {
      return "tenant-of-the-call";
    }
  }
  const asked: unknown[] = [];
  const graph = createRecordingClient({
    credential: {
      getToken: async (_, options) => {
        asked.push(options?.tenantId);
        return { token: "secret-token", expiresOnTimestamp: 1e15 };
      },
    },
    fetch: async () => completed(),
  });
  await graph.updateRecordingStatus("c", { status: "recording" }, new Options());
  expect(asked).toEqual(["tenant-of-the-call"]);
});
