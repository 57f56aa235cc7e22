// A polluted Object.prototype changes nothing: not where the token goes, not what a call is bound by, not what an answer means.
import { expect, test } from "vitest";
import { createRecordingClient } from "../../src/index.ts";

const completed = () => Response.json({ id: "1", status: "completed" });

async function report(answer: () => Response) {
  const sent: string[] = [];
  const graph = createRecordingClient({
    credential: { getToken: async () => ({ token: "secret-token", expiresOnTimestamp: 1e15 }) },
    fetch: async (url) => {
      sent.push(url);
      return answer();
    },
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

// `required` is not among them: with it, Node's own Response cannot be made any more.
const pollutions: readonly (readonly [name: string, value: unknown])[] = [
  ["baseUrl", "https://evil.example/v1.0"],
  ["fetch", async () => new Response("evil")],
  ["Request", class {}],
  ["pathSerializer", () => "https://evil.example/"],
  ["querySerializer", () => "evil=1"],
  ["bodySerializer", () => "{}"],
  ["middleware", [{ onRequest: () => new Response("evil") }]],
  ["signal", AbortSignal.abort("evil")],
  ["userSignal", AbortSignal.abort("evil")],
  ["parent", AbortSignal.abort("evil")],
  ["deadlineMs", 0],
  ["tenantId", "evil"],
  ["cloud", "china"],
  ["version", "beta"],
  ["enum", ["evil"]],
  ["pattern", "^evil$"],
  ["minLength", 1_000],
  ["maxLength", 0],
  ["problem", "evil"],
  ["error", new Error("evil")],
  ["operation", { status: "completed" }],
  ["flaw", "too large"],
  ["giveUp", "refused"],
];

test.each(pollutions)("%s: a success stays one, at the same address", async (name, value) => {
  const { sent, result } = await whilePolluted(name, value, () => report(completed));
  expect(result).toMatchObject({ status: "completed", id: "1" });
  expect(sent).toEqual(["https://graph.microsoft.com/v1.0/communications/calls/c/updateRecordingStatus"]);
});

test.each(pollutions)("%s: a refusal stays one", async (name, value) => {
  const { result } = await whilePolluted(name, value, () =>
    report(() => Response.json({ error: { code: "8506", message: "m" } }, { status: 403 })),
  );
  expect(result).toMatchObject({ code: "HTTP", status: 403, commsCode: 8506 });
});
