// Connections that fail: each fault is repeated, and told as it was when nothing is left to repeat.
import { describe, expect, test } from "vitest";
import { startFaultServer } from "../support/fault-server.ts";
import * as steps from "../support/fault-server-steps.ts";
import { failOnStrays } from "./guard.ts";
import { connect, failureOf, guid, report } from "./harness.ts";

failOnStrays();

const whole = steps.headOf(200, steps.operationBody().length) + steps.operationBody();
const hugeHeaders = `HTTP/1.1 200 OK\r\nx-huge: ${"h".repeat(200_000)}\r\ncontent-length: 0\r\n\r\n`;
const manyHeaders = `HTTP/1.1 200 OK\r\n${Array.from({ length: 3_000 }, (_, i) => `x-${i}: ${i}\r\n`).join("")}content-length: 0\r\n\r\n`;
/** Long enough for a good answer from a busy machine. */
const short = { attemptTimeoutMs: 400 };
const compressedBadly = steps.compressed(200, "gzip", Buffer.from("this is no gzip"));

const faults: readonly (readonly [fault: string, step: steps.Step, code: "NETWORK" | "TIMEOUT"])[] = [
  ["a reset before the request is read", steps.resetOnConnect, "NETWORK"],
  ["a reset after the request was read", steps.resetAfterRequest, "NETWORK"],
  ["a close after the request was read", steps.closeAfterRequest, "NETWORK"],
  ["a reset amid the headers", steps.resetAmidHeaders, "NETWORK"],
  ["a close amid the headers", steps.closeAmidHeaders, "NETWORK"],
  ["a reset amid the body", steps.resetAmidBody(), "NETWORK"],
  ["a body shorter than its content-length", steps.closeAmidBody(), "NETWORK"],
  ["a chunk that breaks off", steps.closeAmidChunk, "NETWORK"],
  ["a chunk without a length", steps.garbage("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n"), "NETWORK"],
  ["garbage instead of HTTP", steps.garbage("SSH-2.0-OpenSSH_9.9\r\n"), "NETWORK"],
  ["an alert of TLS instead of HTTP", steps.garbage(Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x46])), "NETWORK"],
  ["zeros instead of HTTP", steps.garbage(new Uint8Array(4_096)), "NETWORK"],
  ["two lengths that differ", steps.garbage("HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}"), "NETWORK"],
  ["a header of 200 KB", steps.garbage(hugeHeaders), "NETWORK"],
  ["3,000 headers", steps.garbage(manyHeaders), "NETWORK"],
  ["a body that is not compressed as it says", compressedBadly, "NETWORK"],
  ["no answer", steps.stall, "TIMEOUT"],
  ["headers and no body", steps.stallAfterHeaders(), "TIMEOUT"],
  ["a body that stops, though it reads as complete", steps.stallAmidBody(), "TIMEOUT"],
  ["a body that trickles", steps.trickle(20), "TIMEOUT"],
  ["headers that trickle", steps.trickleAll(20), "TIMEOUT"],
];

describe("a fault is repeated, and a later good answer counts", () => {
  test.concurrent.each(faults)("%s", async (_, step, code) => {
    await using server = await startFaultServer([step, steps.completed()]);
    const { graph, records } = connect(server.url, code === "TIMEOUT" ? short : {});
    await expect(report(graph)).resolves.toMatchObject({ id: "op-1", status: "completed" });
    expect(records.map(({ attempt, outcome, previousAttemptUnknown }) => [attempt, outcome, previousAttemptUnknown])).toEqual([
      [1, code, false],
      [2, "completed", true],
    ]);
    expect(new Set(records.map(({ clientRequestId }) => clientRequestId)).size).toBe(2);
  });
});

describe("without retries it is told as it was", () => {
  test.concurrent.each(faults)("%s", async (_, step, code) => {
    await using server = await startFaultServer([step]);
    const { graph, records } = connect(server.url, { ...(code === "TIMEOUT" ? short : {}), retry: { limit: 0 } });
    const error = await failureOf(report(graph));
    expect(error).toMatchObject({ code, retryable: true, clientRequestId: expect.stringMatching(guid), callId: expect.any(String) });
    if (code === "NETWORK") expect(error.cause).toBeInstanceOf(Error);
    expect(records).toHaveLength(1);
    expect(records[0]?.clientRequestId).toBe(error.clientRequestId);
    await report(graph);
    expect(records[1]).toMatchObject({ outcome: "completed", previousAttemptUnknown: true });
  });
});

test("a port where nobody listens is NETWORK with the system's code", async () => {
  const server = await startFaultServer();
  await server[Symbol.asyncDispose]();
  const error = await failureOf(report(connect(server.url, { retry: { limit: 1 } }).graph));
  expect(error).toMatchObject({ code: "NETWORK", message: expect.stringContaining("ECONNREFUSED") });
  expect(error.cause).toMatchObject({ cause: { code: "ECONNREFUSED" } });
});

test("a fault that stays ends after the limit of retries, with the last cause", async () => {
  await using server = await startFaultServer(() => steps.resetAfterRequest);
  const { graph, records } = connect(server.url, { retry: { limit: 2 } });
  const error = await failureOf(report(graph));
  expect([error.code, server.requests.length, records.length]).toEqual(["NETWORK", 3, 3]);
  expect(error.clientRequestId).toBe(server.requests[2]?.headers["client-request-id"]);
});

test("an idle connection that the server closes costs nothing", async () => {
  await using server = await startFaultServer(() => steps.garbage(whole, "close"));
  const { graph } = connect(server.url);
  for (let count = 0; count < 5; count++) await expect(report(graph)).resolves.toMatchObject({ status: "completed" });
});

test("a connection that the server resets as it is used again is repeated on a new one", async () => {
  await using server = await startFaultServer(({ before }) => (before > 0 ? steps.resetAfterRequest : steps.completed()));
  const { graph, records } = connect(server.url);
  for (let count = 0; count < 3; count++) await expect(report(graph)).resolves.toMatchObject({ status: "completed" });
  expect(records.some(({ outcome }) => outcome === "NETWORK")).toBe(true);
});

test("an answer that comes before the request was read is an answer", async () => {
  await using server = await startFaultServer([steps.answer(403, '{"error":{"code":"8506"}}', { early: true })]);
  const { graph } = connect(server.url);
  expect(await failureOf(report(graph))).toMatchObject({ code: "HTTP", status: 403, commsCode: 8506 });
  await expect(report(graph)).resolves.toMatchObject({ status: "completed" });
});

test("an answer that trickles in time is an answer", async () => {
  await using server = await startFaultServer([steps.trickle(1, '{"id":"1","status":"completed"}')]);
  await expect(report(connect(server.url).graph)).resolves.toMatchObject({ id: "1", status: "completed" });
});

test("informational answers before the answer are no answers", async () => {
  const step = steps.garbage(`HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n${whole}`);
  await using server = await startFaultServer([step]);
  await expect(report(connect(server.url).graph)).resolves.toMatchObject({ status: "completed" });
});
