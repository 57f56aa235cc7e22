// A polluted Object.prototype gives no argument: what the caller left out stays left out. Inside, the library is plain code and looks for nothing.
import { expect, test } from "vitest";
import { createRecordingClient, type RecordingClientOptions } from "../../src/index.ts";

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
