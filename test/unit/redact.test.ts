import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { createRedact, cut } from "../../src/util/redact.ts";
import { redactCause } from "../../src/util/redact-cause.ts";

const token = "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJncmFwaCJ9.c2lnbmF0dXJl";
const redact = createRedact(token);

test.each([
  ["nothing to hide", "nothing to hide"],
  [`Bearer ${token}`, "Bearer [token]"],
  [`${token}${token}`, "[token][token]"],
  [`start ${token.slice(0, 20)}… end`, "start [token]… end"],
  [`tail ${token.slice(-9)}`, "tail [token]"],
  [`seven ${token.slice(3, 10)}`, `seven ${token.slice(3, 10)}`],
  ["", ""],
])("%j becomes %j", (text, expected) => expect(redact(text)).toBe(expected));

test("a token of fewer than 16 characters is a test's stub: it garbles no message", () => {
  expect(createRedact("fifteen-letters")("it has fifteen-letters")).toBe("it has fifteen-letters");
  expect(createRedact("sixteen-letters!")("it has sixteen-letters!")).toBe("it has [token]");
  expect(createRedact(undefined)("abc")).toBe("abc");
});

test("texts are cut before they are cleaned, so that no piece is left at the cut", () => {
  expect(redact(`${"x".repeat(990)}${token}`)).not.toContain(token.slice(0, 8));
  expect(cut("x".repeat(1_001))).toHaveLength(1_000);
});

describe("causes", () => {
  const clean = [
    new TypeError("fetch failed", { cause: Object.assign(new Error("connect"), { code: "ECONNREFUSED", port: 443 }) }),
    new AggregateError([new Error("a"), new Error("b")], "both"),
    Object.assign(new Error("other side closed"), { socket: { remoteAddress: "127.0.0.1", bytesRead: 0 } }),
    new DOMException("aborted", "AbortError"),
    "text",
    undefined,
    7,
  ];
  test.each(clean.map((cause) => [cause]))("%s is kept as it is", (cause) => expect(redactCause(cause, redact)).toBe(cause));

  const circle = Object.assign(new Error("circle"), { self: undefined as unknown });
  circle.self = { header: `Bearer ${token}`, back: circle };
  const dirty: [string, unknown][] = [
    ["in the message", new Error(`sent ${token}`)],
    ["in a property", Object.assign(new Error("x"), { config: { headers: { authorization: `Bearer ${token}` } } })],
    ["in a Request", Object.assign(new Error("x"), { request: new Request("http://localhost", { headers: { authorization: token } }) })],
    ["in Headers", Object.assign(new Error("x"), { headers: new Headers({ authorization: token }) })],
    ["in its cause", new Error("outer", { cause: new Error(`inner ${token}`) })],
    ["in an aggregate", new AggregateError([new Error(token)], "both")],
    ["in a circle", circle],
    ["in the code", Object.assign(new Error("x"), { code: token })],
    ["in a function", Object.assign(new Error("x"), { show: () => token })],
    ["behind a getter", Object.defineProperty(new Error("x"), "lazy", { enumerable: true, get: () => token })],
    ["in a text", `Bearer ${token}`],
    ["in an object", { authorization: token }],
    ["in a name", Object.assign(new Error("x"), { [token]: 1 })],
  ];
  test.each(dirty)("a token %s is gone from the copy", (_, cause) => {
    const copy = redactCause(cause, redact);
    const shown = inspect(copy, { depth: 10, showHidden: true, getters: true });
    expect(shown).not.toContain(token);
    expect(shown).not.toContain(token.slice(10, 18));
  });

  test("the copy keeps name, message, code and its own cause", () => {
    const inner = Object.assign(new Error(`inner ${token}`), { code: "ECONNRESET" });
    const copy = redactCause(new TypeError("fetch failed", { cause: inner }), redact);
    expect(copy).toMatchObject({ name: "TypeError", message: "fetch failed", cause: { message: "inner [token]", code: "ECONNRESET" } });
    expect(copy).toBeInstanceOf(Error);
  });
});
