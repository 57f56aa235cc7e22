// Answers that inflate to a gibibyte, or never end, cost next to nothing: 1 MiB is read, after decompression.
import { expect, test } from "vitest";
import { startFaultServer } from "../support/fault-server.ts";
import { inflatedBytes, makeBombs } from "../support/fault-server-bombs.ts";
import * as steps from "../support/fault-server-steps.ts";
import { failOnStrays } from "./guard.ts";
import { connect, failureOf, report } from "./harness.ts";

failOnStrays();

const mebibyte = 1024 * 1024;
const mostGrowth = 100 * mebibyte;
const bombs = await makeBombs();

/** What the process grew by while the work was done, at its peak. */
async function growthOf(work: () => Promise<void>): Promise<number> {
  const before = process.memoryUsage().rss;
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 2);
  await work();
  clearInterval(timer);
  return Math.max(peak, process.memoryUsage().rss) - before;
}

test("the bombs are bombs", () => {
  expect(inflatedBytes).toBeGreaterThanOrEqual(1024 * mebibyte);
  for (const { body } of bombs) expect(body.length).toBeLessThan(1.1 * mebibyte);
});

test.each(bombs)("a 2xx in $encoding is BAD_ANSWER, in bounded memory", async ({ encoding, body }) => {
  await using server = await startFaultServer([steps.compressed(200, encoding, body)]);
  const { graph, records } = connect(server.url);
  const growth = await growthOf(async () => {
    expect(await failureOf(report(graph))).toMatchObject({
      code: "BAD_ANSWER",
      status: 200,
      message: expect.stringContaining("too large"),
    });
  });
  expect(growth).toBeLessThan(mostGrowth);
  expect(records).toHaveLength(1);
  await expect(report(graph)).resolves.toMatchObject({ status: "completed" });
});

test.each(bombs)("a refusal in $encoding is HTTP with its status, in bounded memory", async ({ encoding, body }) => {
  await using server = await startFaultServer([steps.compressed(403, encoding, body), steps.compressed(503, encoding, body)]);
  const { graph } = connect(server.url, { retry: { limit: 0 } });
  const growth = await growthOf(async () => {
    expect(await failureOf(report(graph))).toMatchObject({ code: "HTTP", status: 403 });
    expect(await failureOf(report(graph))).toMatchObject({ code: "HTTP", status: 503 });
  });
  expect(growth).toBeLessThan(mostGrowth);
});

test("a poll that is answered with a bomb goes on", async () => {
  const [{ encoding, body } = { encoding: "", body: new Uint8Array() }] = bombs;
  await using server = await startFaultServer([steps.compressed(200, encoding, body)]);
  const { graph } = connect(server.url);
  await expect(graph.waitForOperation("c", { id: "op-1", status: "running" })).resolves.toMatchObject({ status: "completed" });
});

test("one byte more than 1 MiB is too large, 1 MiB is not", async () => {
  const sized = (size: number) => steps.operationBody().padEnd(size, " ");
  await using server = await startFaultServer([steps.answer(200, sized(mebibyte)), steps.answer(200, sized(mebibyte + 1))]);
  const { graph } = connect(server.url);
  await expect(report(graph)).resolves.toMatchObject({ status: "completed" });
  expect(await failureOf(report(graph))).toMatchObject({ code: "BAD_ANSWER", message: expect.stringContaining("too large") });
});

test("an answer without an end is cut off, and its connection closed", async () => {
  const endless = Array<string>(64).fill("x".repeat(mebibyte));
  const head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n";
  await using server = await startFaultServer([{ kind: "bytes", chunks: [head, ...endless], everyMs: 0, end: "stall" }]);
  const { graph } = connect(server.url);
  expect(await failureOf(report(graph))).toMatchObject({ code: "BAD_ANSWER", message: expect.stringContaining("too large") });
  await server.requests[0]?.closed;
});
