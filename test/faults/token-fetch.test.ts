// A `fetch` of the caller's whose errors hold the request: nothing of the token reaches the library's own errors.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { failOnStrays } from "./guard.ts";
import { connect, credentialOf, failureOf, report } from "./harness.ts";
import { expectNoToken, secret } from "./token-check.ts";

failOnStrays();

type Throws = (init: RequestInit, url: string) => unknown;
const bearer = `Bearer ${secret}`;
const withProps = (props: object) => Object.assign(new Error("failed"), props);
const chain = (depth: number): Error => (depth === 0 ? new Error(bearer) : new Error(`level ${depth}`, { cause: chain(depth - 1) }));

/** Shows what no own property holds. */
class HiddenError extends Error {
  #headers: unknown;
  with(headers: RequestInit["headers"]) {
    this.#headers = Object.fromEntries(new Headers(headers));
    return this;
  }
  toJSON() {
    return { headers: this.#headers };
  }
  [Symbol.for("nodejs.util.inspect.custom")]() {
    return `HiddenError ${JSON.stringify(this.#headers)}`;
  }
}

class GetterError extends Error {
  told = "";
  override get message() {
    return `sent ${this.told}`;
  }
  override toString() {
    return this.message;
  }
}

const thrown: readonly (readonly [name: string, throws: Throws])[] = [
  ["a message", () => new TypeError(`invalid header ${bearer}`)],
  ["a piece in a message", () => new Error(`…${secret.slice(11, 22)}…`)],
  ["plain headers", ({ headers }) => withProps({ headers: Object.fromEntries(new Headers(headers)) })],
  ["a Headers object", ({ headers }) => withProps({ headers: new Headers(headers) })],
  ["a Request", (init, url) => withProps({ request: new Request(url, init) })],
  ["the init itself", (init) => withProps({ config: init })],
  ["a Map", () => withProps({ headers: new Map([["authorization", bearer]]) })],
  ["a Set", () => withProps({ values: new Set([bearer]) })],
  ["an array of arrays", () => withProps({ rawHeaders: [["authorization", bearer]] })],
  ["a symbol's property", () => withProps({ [Symbol("headers")]: { authorization: bearer } })],
  ["a symbol's description", () => withProps({ [Symbol(secret)]: 1 })],
  ["a symbol's property below", () => withProps({ inner: { [Symbol("headers")]: bearer } })],
  ["a property that is not enumerable", () => Object.defineProperty(new Error("m"), "token", { value: secret })],
  ["a getter", () => Object.defineProperty(new Error("m"), "token", { get: () => secret, enumerable: true })],
  ["a property's name", () => withProps({ [secret]: 1 })],
  ["the name", () => withProps({ name: secret })],
  ["the code", () => withProps({ code: bearer })],
  ["the stack", () => withProps({ stack: `Error: x\n    at ${bearer}` })],
  ["a function", () => withProps({ retry: Object.assign(() => {}, { token: secret }) })],
  [
    "an instance of a class",
    ({ headers }) =>
      withProps({
        inner: new (class Inner {
          headers = headers;
        })(),
      }),
  ],
  ["a toString of its own", () => withProps({ toString: () => bearer })],
  ["private headers that it inspects", ({ headers }) => new HiddenError().with(headers)],
  ["a message from its prototype", () => Object.defineProperty(new GetterError(), "told", { value: bearer })],
  ["a DOMException", () => new DOMException(bearer, "NetworkError")],
  ["a DOMException's name", () => new DOMException("m", secret)],
  ["a cause", () => new TypeError("fetch failed", { cause: new Error(bearer) })],
  ["a cause that is no error", () => new TypeError("fetch failed", { cause: { authorization: bearer } })],
  ["a cause that is a Request", (init, url) => new TypeError("fetch failed", { cause: new Request(url, init) })],
  ["a cause twelve levels down", () => chain(12)],
  ["an AggregateError", () => new AggregateError([new Error("x"), new Error(bearer), bearer], "all failed")],
  [
    "an AggregateError in a cause",
    () => new Error("x", { cause: new AggregateError([withProps({ headers: { authorization: bearer } })]) }),
  ],
  ["many errors", () => new AggregateError(Array.from({ length: 300 }, (_, i) => new Error(`${i} ${bearer}`)))],
  ["a string", () => bearer],
  ["an object", () => ({ authorization: bearer })],
  ["an object with a tag", () => ({ [Symbol.toStringTag]: secret })],
  ["a Response", () => new Response(bearer, { headers: { authorization: bearer } })],
  ["a function by itself", () => Object.assign(() => {}, { token: secret })],
  ["a symbol", () => Symbol(secret)],
];

/** The client's error, and its records, when `fetch` rejects with what the function makes. */
async function failing(throws: Throws) {
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    throw throws(init, url);
  };
  const { graph, records } = connect("http://127.0.0.1:9", { credential: credentialOf(secret), fetch, retry: { limit: 1 } });
  return { error: await failureOf(report(graph)), records, graph };
}

test.concurrent.each(thrown)("an error with the token in %s", async (_, throws) => {
  const { error, records, graph } = await failing(throws);
  expect(error.code).toBe("NETWORK");
  expectNoToken(secret, error, records, graph);
});

test.concurrent.each(thrown)("a body that fails with the token in %s", async (_, throws) => {
  const fetch = async (url: string, init: RequestInit) =>
    new Response(new ReadableStream({ pull: (controller) => controller.error(throws(init, url)) }), { status: 200 });
  const { graph, records } = connect("http://127.0.0.1:9", { credential: credentialOf(secret), fetch, retry: { limit: 0 } });
  const error = await failureOf(report(graph));
  expect(error.code).toBe("NETWORK");
  expectNoToken(secret, error, records, graph);
});

test.concurrent.each<[string, unknown]>([
  ["undefined", undefined],
  ["null", null],
  ["a number", 7],
  ["an object without a prototype", Object.create(null)],
  ["an error with an odd message", withProps({ message: { a: 1 } })],
  ["an error without a message", withProps({ message: undefined, extra: bearer })],
  ["an error with an odd message and the token", withProps({ message: [bearer] })],
  ["an error with an odd name and stack", withProps({ name: 7, stack: null, extra: bearer })],
  ["an error with odd errors", withProps({ errors: "none", extra: bearer })],
  ["a frozen error", Object.freeze(new Error(bearer))],
])("%s thrown by fetch is NETWORK, whatever it is", async (_, value) => {
  const { error } = await failing(() => value);
  expect(error.code).toBe("NETWORK");
  expectNoToken(secret, error);
});

test("errors that refer to each other end in NETWORK, not in a loop", async () => {
  const script = fileURLToPath(new URL("./cyclic-cause.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script], { timeout: 4_000 });
  expect(stdout).toBe("NETWORK\n");
});

test("a cause without the token is kept as it is", async () => {
  const cause = Object.assign(new TypeError("fetch failed", { cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }) }), {
    errno: -104,
  });
  const { error } = await failing(() => cause);
  expect(error.cause).toBe(cause);
  expect(error.message).toContain("ECONNRESET");
});

test("a fetch that answers with something else than a Response is NETWORK", async () => {
  for (const value of [undefined, null, 7, "text", {}, { status: 200 }]) {
    const fetch = async () => value as unknown as Response;
    const { graph } = connect("http://127.0.0.1:9", { fetch, retry: { limit: 0 } });
    expect((await failureOf(report(graph))).code).toBe("NETWORK");
  }
});
