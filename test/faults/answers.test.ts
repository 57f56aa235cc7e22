// 2xx answers that are odd or hostile: each ends in a value that is true, or in an error that is clear. Never a success that was not said.
import { describe, expect, test } from "vitest";
import { startFaultServer } from "../support/fault-server.ts";
import * as steps from "../support/fault-server-steps.ts";
import { operationOnTheWire } from "../support/on-the-wire.ts";
import { failOnStrays } from "./guard.ts";
import { connect, failureOf, report } from "./harness.ts";

failOnStrays();

const mebibyte = 1024 * 1024;
const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
const bom = "\uFEFF";
const good = steps.operationBody();

/** One report that is answered with the step. */
async function answered(step: steps.Step, options = {}) {
  await using server = await startFaultServer([step]);
  const { graph, records } = connect(server.url, { retry: { limit: 0 }, ...options });
  return { outcome: await report(graph).catch((error: unknown) => error), records };
}

const noOperations: readonly (readonly [name: string, body: string | Uint8Array])[] = [
  ["HTML", "<!doctype html><title>Sign in</title><p>completed"],
  ["text", "completed"],
  ["truncated JSON", good.slice(0, -1)],
  ["JSON and more", `${good}${good}`],
  ["JSON with a comment", `/* */${good}`],
  ["JSON in single quotes", good.replaceAll('"', "'")],
  ["two byte order marks", bom + bom + good],
  ["UTF-16", Buffer.from(bom + good, "utf16le")],
  ["invalid UTF-8", Buffer.concat([Buffer.from('{"id":"1","status":"completed","x":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')])],
  ["a lone continuation byte", Buffer.concat([Buffer.from(good), Buffer.from([0x80])])],
  ["a NUL after the JSON", `${good}\0`],
  ["1 MiB of opening brackets", "[".repeat(mebibyte)],
  ["1 MiB of opening braces", '{"a":'.repeat(mebibyte / 5)],
  ["deep nesting that is closed", nested(mebibyte / 2)],
  ["deep nesting beside no status", `{"a":${nested(100_000)}}`],
  ["null", "null"],
  ["true", "true"],
  ["a number", "200"],
  ["a string", '"completed"'],
  ["an array", `[${good}]`],
  ["an empty object", "{}"],
  ["an error envelope", '{"error":{"code":"8506","message":"API call not allowed"}}'],
  ["no status", '{"id":"1"}'],
  ["a status in a wrapper", `{"value":${good}}`],
  ["a number as status", '{"id":"1","status":2}'],
  ["an array as status", '{"id":"1","status":["completed"]}'],
  ["an object as status", '{"id":"1","status":{"value":"completed"}}'],
  ["true as status", '{"id":"1","status":true}'],
  ["another case of the name", '{"id":"1","Status":"completed"}'],
  ["status in __proto__", '{"id":"1","__proto__":{"status":"completed"}}'],
  ["status in constructor", '{"id":"1","constructor":{"prototype":{"status":"completed"}}}'],
  ["a number as id", '{"id":1,"status":"completed"}'],
  ["an object as id", '{"id":{},"status":"completed"}'],
  ["a number as context", '{"id":"1","status":"completed","clientContext":7}'],
  ["an array as resultInfo", '{"id":"1","status":"completed","resultInfo":[]}'],
  ["a string as resultInfo", '{"id":"1","status":"completed","resultInfo":"fine"}'],
];

describe("no operation is BAD_ANSWER, and is not repeated", () => {
  test.concurrent.each(noOperations)("%s", async (_, body) => {
    await using server = await startFaultServer(() => steps.answer(200, body));
    const { graph, records } = connect(server.url);
    const error = await failureOf(report(graph));
    expect(error).toMatchObject({
      code: "BAD_ANSWER",
      status: 200,
      retryable: false,
      mayBeInEffect: true,
      message: expect.stringContaining("do not record"),
    });
    expect(error.message.length).toBeLessThan(500);
    expect([server.requests.length, records.map(({ outcome }) => outcome)]).toEqual([1, ["BAD_ANSWER"]]);
  });
});

describe("an operation is read for what it says", () => {
  test.concurrent.each([
    ["a byte order mark", bom + good, { status: "completed" }],
    ["white space around", `\r\n\t ${good} \n`, { status: "completed" }],
    ["Pascal case", '{"id":"1","status":"Completed"}', { status: "completed" }],
    ["no id", '{"status":"completed"}', { status: "completed", id: undefined }],
    ["running", '{"id":"1","status":"Running"}', { status: "running" }],
    ["notStarted", '{"id":"1","status":"NOTSTARTED"}', { status: "notStarted" }],
    ["a null status", '{"id":"1","status":null}', { status: null }],
    ["an unknown status", '{"id":"1","status":"hovering"}', { status: "unrecognized", raw: { status: "hovering" } }],
    ["an empty status", '{"id":"1","status":""}', { status: "unrecognized", raw: { status: "" } }],
    ["completed with blanks", '{"id":"1","status":" completed "}', { status: "unrecognized", raw: { status: " completed " } }],
    ["a member of Object.prototype", '{"id":"1","status":"constructor"}', { status: "unrecognized", raw: { status: "constructor" } }],
    ["a name twice below the top", '{"id":"1","status":"completed","a":{"b":1,"b":2}}', { status: "completed", raw: { a: { b: 2 } } }],
    ["status as a value and inside", '{"id":"status","a":["status",{"status":"failed"}],"status":"completed"}', { status: "completed" }],
    ["a string of 1 MB", steps.operationBody({ a: '\\"'.repeat(200_000) }), { status: "completed" }],
    ["deep nesting beside the status", `{"id":"1","status":"running","a":${nested(2_000)}}`, { status: "running" }],
    ["surrogates by themselves", '{"id":"\\ud800","status":"completed"}', { id: "\ud800" }],
  ])("%s", async (_, body, expected) => {
    expect((await answered(steps.answer(200, body))).outcome).toMatchObject(expected);
  });

  test.concurrent.each(["failed", "Failed", "FAILED"])("%s rejects with code, subcode and message", async (status) => {
    const resultInfo = { code: 412, subcode: "9999", message: "not now" };
    const { outcome, records } = await answered(steps.answer(200, JSON.stringify(operationOnTheWire({ id: "1", status, resultInfo }))));
    expect(outcome).toMatchObject({
      code: "OPERATION_FAILED",
      operation: { resultInfo: { code: 412, subcode: 9999, message: "not now" } },
    });
    expect((outcome as Error).message).toContain("412/9999 not now");
    expect(records[0]).toMatchObject({ outcome: "OPERATION_FAILED", httpStatus: 200 });
  });

  test.concurrent.each([["odd"], [[]], [7], [{ code: "x", subcode: {}, message: 7 }]])(
    "failed with resultInfo %j stays failed",
    async (resultInfo) => {
      const body = operationOnTheWire({ id: "1", status: "failed", resultInfo });
      const { outcome } = await answered(steps.answer(200, JSON.stringify(body)));
      expect(outcome).toMatchObject({ code: "OPERATION_FAILED" });
    },
  );

  test("failed with texts of 1 MB is told in bounds", async () => {
    const long = "m".repeat(300_000);
    const body = operationOnTheWire({ id: long, status: "failed", resultInfo: { code: 500, subcode: 1, message: long } });
    const { outcome, records } = await answered(steps.answer(200, JSON.stringify(body)));
    expect(outcome).toMatchObject({ code: "OPERATION_FAILED" });
    expect((outcome as Error).message.length).toBeLessThan(2_000);
    expect(JSON.stringify(records).length).toBeLessThan(2_000);
  });

  test("the text of an unknown status of 1 MB is in raw as it is, and recorded in bounds", async () => {
    const { outcome, records } = await answered(steps.answer(200, JSON.stringify({ id: "1", status: "s".repeat(900_000) })));
    expect((outcome as { raw: { status: string } }).raw.status).toHaveLength(900_000);
    expect(JSON.stringify(records).length).toBeLessThan(2_000);
  });

  test("the content type does not matter, wrong or missing", async () => {
    for (const type of ["text/html", "text/plain; charset=utf-16", "application/octet-stream", "", ";;;"]) {
      const { outcome } = await answered(steps.answer(200, good, { headers: { "content-type": type } }));
      expect(outcome).toMatchObject({ status: "completed" });
    }
  });

  test("an unknown content encoding is not undone", async () => {
    expect((await answered(steps.compressed(200, "x-none", Buffer.from(good)))).outcome).toMatchObject({ status: "completed" });
  });
});

describe("an empty 2xx is the null operation, not a success", () => {
  test.concurrent.each([200, 201, 202, 203, 204, 205, 206, 226, 299])("%i", async (status) => {
    const { outcome, records } = await answered(steps.answer(status, ""));
    expect(outcome).toMatchObject({ id: undefined, status: null, clientContext: null, resultInfo: null, location: undefined });
    expect(records[0]).toMatchObject({ httpStatus: status, outcome: "null" });
  });

  test("white space and a byte order mark are empty too", async () => {
    for (const body of [" \r\n", bom]) expect((await answered(steps.answer(200, body))).outcome).toMatchObject({ status: null });
  });
});

test("keys of Object.prototype pollute nothing", async () => {
  const body =
    '{"id":"1","status":"completed","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":"x","hasOwnProperty":1}';
  const { outcome } = await answered(steps.answer(200, body));
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
  expect(Object.getPrototypeOf(outcome)).toBe(Object.prototype);
  expect(Object.keys((outcome as { raw: object }).raw)).not.toContain("__proto__");
  expect({ ...(outcome as object) }).toMatchObject({ status: "completed" });
});

test("the answer cannot forge what the client says about the exchange", async () => {
  const body = steps.operationBody({ location: "https://evil.example/", requestId: "forged", clientRequestId: "forged" });
  const { outcome, records } = await answered(steps.answer(200, body));
  expect(outcome).toMatchObject({ location: undefined, requestId: undefined, clientRequestId: records[0]?.clientRequestId });
});
