import { describe, expect, test } from "vitest";
import { type Answer, answerLimitBytes } from "../../src/http/answer.ts";
import { readOperation } from "../../src/http/read-operation.ts";
import { statusText } from "../../src/model/operation.ts";
import { operationOnTheWire } from "../support/on-the-wire.ts";

const origin = "https://graph.microsoft.com";
const here = `${origin}/v1.0/communications/calls/c/operations/op-1`;

function read(body: unknown, headers: Record<string, string> = {}, flaw?: Answer["flaw"]) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return readOperation({ status: 200, ok: true, headers: new Headers(headers), body: text, ...(flaw && { flaw }) }, origin, "sent-id");
}
const operation = (body: unknown, headers?: Record<string, string>) => {
  const answer = read(body, headers);
  if ("problem" in answer) throw new Error(answer.problem);
  return answer.operation;
};

describe("status", () => {
  test.each([
    ["completed", "completed"],
    ["Completed", "completed"],
    ["NOTSTARTED", "notStarted"],
    ["NotStarted", "notStarted"],
    ["Running", "running"],
    ["FAILED", "failed"],
    ["Hovering", "unrecognized"],
    ["", "unrecognized"],
    ["unrecognized", "unrecognized"],
    ["constructor", "unrecognized"],
    [" completed ", "unrecognized"],
    [null, null],
  ])("%j reads as %j", (sent, expected) => {
    const read = operation({ id: "1", status: sent });
    expect([read.status, read.raw]).toEqual([expected, { id: "1", status: sent }]);
    expect(statusText(read)).toBe(expected === "unrecognized" ? sent : String(expected));
  });
});

describe("an empty 2xx is the null operation", () => {
  test.each(["", "  \r\n"])("body %j", (body) => {
    expect(operation(body, { "request-id": "r" })).toEqual({
      id: undefined,
      status: null,
      clientContext: null,
      resultInfo: null,
      location: undefined,
      requestId: "r",
      clientRequestId: "sent-id",
      raw: undefined,
    });
  });

  test("its id is the one in a same-origin Location", () => {
    expect(operation("", { location: here })).toMatchObject({ id: "op-1", location: here });
    expect(operation("", { location: here.replace(origin, "https://graph.microsoft.us") })).toMatchObject({ id: undefined });
    expect(operation("", { location: `${origin}/v1.0/communications/calls/c` })).toMatchObject({ id: undefined });
    expect(operation("", { location: `${origin}/operations/%E0%A4%A` })).toMatchObject({ id: undefined });
  });
});

test.each([["/communications/calls/c/operations/1"], ["no url"], ["javascript:alert(1)"], [""]])(
  "Location %j is no location",
  (location) => {
    expect(operation({ id: "1", status: "completed" }, { location }).location).toBeUndefined();
  },
);

test("a Location on another host is data", () => {
  expect(operation({ id: "1", status: "completed" }, { location: "https://evil.example/x" }).location).toBe("https://evil.example/x");
});

test.each([
  ["<html>", "not JSON"],
  ['{"status":"comp', "not JSON"],
  ["null", "no JSON object"],
  ["[]", "no JSON object"],
  ['"completed"', "no JSON object"],
  ["{}", "no status"],
  [{ error: { code: "x" } }, "no status"],
  [{ id: "1", status: 2 }, "status is no string"],
  [{ id: "1", status: ["completed"] }, "status is no string"],
  [{ id: 1, status: "completed" }, "id is no string"],
  [{ id: null, status: "completed" }, "id is no string"],
  [operationOnTheWire({ id: "1", status: "completed", clientContext: 5 }), "clientContext is no string"],
  [operationOnTheWire({ id: "1", status: "completed", resultInfo: "fine" }), "resultInfo is no object"],
  [operationOnTheWire({ id: "1", status: "completed", resultInfo: [] }), "resultInfo is no object"],
])("%j is no operation: %s", (body, problem) => {
  expect(read(body)).toEqual({ problem: expect.stringContaining(problem) });
});

test.each(["too large", "not UTF-8"] as const)("a body that is %s is no operation", (flaw) => {
  expect(read({ id: "1", status: "completed" }, {}, flaw)).toEqual({ problem: `its body is ${flaw}` });
  expect(answerLimitBytes).toBe(1024 * 1024);
});

test("a failed operation stays failed, however odd its details", () => {
  expect(operation(operationOnTheWire({ id: "1", status: "Failed", resultInfo: "odd" }))).toMatchObject({
    status: "failed",
    resultInfo: null,
  });
});

test("codes are read as numbers, also when they come as strings", () => {
  const { resultInfo } = operation(
    operationOnTheWire({ id: "1", status: "failed", resultInfo: { code: "412", subcode: 9999, message: "m", more: true } }),
  );
  expect(resultInfo).toEqual({ code: 412, subcode: 9999, message: "m" });
  expect(operation(operationOnTheWire({ id: "1", status: "x", resultInfo: { code: "0x10", subcode: null } })).resultInfo).toMatchObject({
    code: undefined,
    subcode: undefined,
    message: null,
  });
});

const names = ["id", "status", "clientContext", "resultInfo", "location", "requestId", "clientRequestId", "raw"];

test("an operation has its own properties and no others; what else was sent is in raw", () => {
  const resultInfo = { code: "1", more: [true] };
  const body = operationOnTheWire({ id: "1", status: "Failed", extra: { a: 1 }, requestId: "forged", resultInfo });
  const read = operation(body);
  expect(Object.keys(read).toSorted()).toEqual(names.toSorted());
  expect(read).toMatchObject({ requestId: undefined, clientRequestId: "sent-id", resultInfo: { code: 1 }, raw: body });
});

test.each([
  ['{"id":"1","status":"completed","__proto__":{"polluted":true}}', { id: "1", status: "completed" }],
  [
    '{"id":"1","status":"completed","a":[{"\\u005f_p\\u0072oto__":{"polluted":true},"b":1}]}',
    { id: "1", status: "completed", a: [{ b: 1 }] },
  ],
  ['{"id":"1","status":"completed","x":"__proto__"}', { id: "1", status: "completed", x: "__proto__" }],
])("%s: nothing that merges raw is polluted", (body, raw) => {
  const read = operation(body);
  expect(read.raw).toEqual(raw);
  expect(JSON.stringify(read.raw)).toBe(JSON.stringify(raw));
  expect((Object.assign({}, read, read.raw) as { polluted?: boolean }).polluted).toBeUndefined();
});
