// Refusals whose bodies are odd, hostile, broken or endless: the status is known, so it is told.
import { describe, expect, test } from "vitest";
import { startFaultServer } from "../support/fault-server.ts";
import * as steps from "../support/fault-server-steps.ts";
import { failOnStrays } from "./guard.ts";
import { connect, failureOf, report } from "./harness.ts";

failOnStrays();

const mebibyte = 1024 * 1024;
const refusal = '{"error":{"code":"8506","message":"API call not allowed"}}';

describe("a body that stalls or breaks off takes nothing away from the status", () => {
  test.concurrent.each([
    ["stalls before it begins", steps.stallAfterHeaders(403)],
    ["stalls", steps.stallAmidBody(403, refusal)],
    ["is reset", steps.resetAmidBody(403)],
    ["is shorter than announced", steps.closeAmidBody(403)],
    ["trickles", steps.trickle(20, refusal, 403)],
    ["is not compressed as it says", steps.compressed(403, "gzip", Buffer.from("no gzip"))],
  ])("%s", async (_, step) => {
    await using server = await startFaultServer(() => step);
    const { graph, records } = connect(server.url, { attemptTimeoutMs: 400 });
    expect(await failureOf(report(graph))).toMatchObject({ code: "HTTP", status: 403 });
    expect([server.requests.length, records[0]?.httpStatus]).toEqual([1, 403]);
  });

  test.concurrent("what came of it is kept", async () => {
    await using server = await startFaultServer([steps.stallAmidBody(507, "half a mess")]);
    const error = await failureOf(report(connect(server.url, { attemptTimeoutMs: 400 }).graph));
    expect(error).toMatchObject({ code: "HTTP", status: 507, excerpt: "half a mess" });
  });

  test.concurrent("a 503 that stalls is repeated, and its Retry-After obeyed", async () => {
    const step = steps.garbage(steps.headOf(503, 500, "retry-after: 1\r\n"), "stall");
    await using server = await startFaultServer([step]);
    const { graph, records } = connect(server.url, { attemptTimeoutMs: 400 });
    await expect(report(graph)).resolves.toMatchObject({ status: "completed" });
    expect(records[1]?.waitMs).toBe(1_000);
  });
});

describe("a body that is no Graph error is excerpted, in bounds", () => {
  test.concurrent.each([
    ["HTML", "<html><h1>502 Bad Gateway</h1></html>", "<html>"],
    ["text", "upstream connect error", "upstream connect error"],
    ["more than 1 MiB", "y".repeat(2 * mebibyte), "yyy"],
    ["deep nesting", "[".repeat(mebibyte), "[[["],
    ["truncated JSON", '{"error":{"code":"85', '{"error"'],
    ["invalid UTF-8", Buffer.from([0x41, 0xc3, 0x28, 0x42]), "A"],
    ["null", "null", "null"],
    ["an array", "[1]", "[1]"],
    ["an error that is text", '{"error":"invalid_request"}', '{"error"'],
    ["an error that is an array", '{"error":[]}', '{"error"'],
    ["an error in __proto__", '{"__proto__":{"error":{"code":"8506"}}}', '{"__proto__"'],
  ])("%s", async (_, body, start) => {
    await using server = await startFaultServer([steps.answer(400, body)]);
    const error = await failureOf(report(connect(server.url).graph));
    expect(error).toMatchObject({ code: "HTTP", status: 400, excerpt: expect.stringContaining(start), commsCode: undefined });
    expect((error as { excerpt?: string }).excerpt?.length).toBeLessThanOrEqual(300);
    expect(error.message.length).toBeLessThan(1_000);
  });

  test("an empty one has no excerpt", async () => {
    await using server = await startFaultServer([steps.answer(404, "")]);
    expect(await failureOf(report(connect(server.url).graph))).toMatchObject({ code: "HTTP", status: 404, excerpt: undefined });
  });
});

describe("a Graph error is read in every form, and never crashes", () => {
  const nested = (inner: unknown) => JSON.stringify({ error: { code: "UnknownError", message: JSON.stringify(inner) } });
  test.concurrent.each([
    ["the code as a string", refusal, { graphCode: "8506", commsCode: 8506, hint: expect.stringContaining("policy") }],
    ["the code as a number", '{"error":{"code":7504,"message":"m"}}', { commsCode: 7504 }],
    [
      "the code inside the message",
      nested({ errorCode: "7503", message: "m" }),
      { graphCode: "UnknownError", commsCode: 7503, graphMessage: "m" },
    ],
    ["a message that is broken JSON", '{"error":{"code":"UnknownError","message":"{\\"errorCode\\":"}}', { commsCode: undefined }],
    ["a message of 1 MB", JSON.stringify({ error: { code: "x", message: "m".repeat(1_000_000) } }), { graphCode: "x" }],
    ["an unknown code", '{"error":{"code":"9999","message":"m"}}', { commsCode: 9999 }],
    [
      "the name of a prototype's member",
      '{"error":{"code":"constructor","message":"__proto__"}}',
      { graphCode: "constructor", commsCode: undefined },
    ],
    ["odd types", '{"error":{"code":{},"message":[],"innerError":7}}', { graphCode: undefined, graphMessage: undefined }],
    ["an empty error", '{"error":{}}', { graphCode: undefined }],
    ["inner ids", '{"error":{"code":"x","innererror":{"request-id":"r","date":"d"}}}', { requestId: "r", graphCode: "x" }],
  ])("%s", async (_, body, expected) => {
    await using server = await startFaultServer([steps.answer(403, body)]);
    const error = await failureOf(report(connect(server.url).graph));
    expect(error).toMatchObject({ code: "HTTP", status: 403, ...expected });
    expect(error.message.length).toBeLessThan(1_500);
  });

  test("ids and Date of the headers go into the error, bounded", async () => {
    const headers = { "request-id": "r".repeat(5_000), date: "Mon, 23 Nov 2026 10:00:00 GMT" };
    await using server = await startFaultServer([steps.answer(403, refusal, { headers })]);
    const { graph, records } = connect(server.url);
    const error = await failureOf(report(graph));
    expect(error).toMatchObject({ requestId: expect.stringMatching(/^r+…$/), date: headers.date });
    expect(records[0]?.clientRequestId).toBe(error.clientRequestId);
  });
});
