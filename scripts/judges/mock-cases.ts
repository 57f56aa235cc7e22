import { isDeepStrictEqual } from "node:util";
import type { Json } from "../spec/document.ts";
import { accepted, violations } from "./cases/body-cases.ts";
import type { PrismAnswer, PrismRequest } from "./prism.ts";
import { statedAnswers, statedOperations, statedPath, statedRequests } from "./stated-answers.ts";

/** One request to the mock, and what must come back. */
export type MockCase = { readonly what: string; readonly request: PrismRequest; readonly expected: Expected };

type Expected = {
  readonly status: number;
  /** One that must be among those that Prism names; none: it may name none. */
  readonly violation?: string;
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
};

export const goodHeaders = { authorization: "Bearer token-1", "content-type": "application/json" };

/** A request that every operation accepts. */
export function goodRequest(operation: string, changes: Partial<PrismRequest> = {}): PrismRequest {
  const [method = ""] = operation.split(" ");
  const body = method === "GET" ? undefined : { status: "recording" };
  return { method, path: statedPath(operation), headers: goodHeaders, body, ...changes };
}

/** The HTTP status by which an answer is asked for; Prism serves a status that is not declared from `default`. */
export function codeOf(status: string): number {
  return status === "default" ? 418 : Number(status);
}

/** Every request of the contract that the mock alone can judge. */
export function mockCases(): MockCase[] {
  const answers = statedAnswers().map(({ operation, status, example, body, headers }): MockCase => {
    const code = codeOf(status);
    const request = goodRequest(operation, { prefer: { code, example } });
    return { what: `${operation} → ${status} ${example}`, request, expected: { status: code, body, headers } };
  });
  return [...answers, ...statedOperations.filter((one) => !one.startsWith("webhook")).flatMap(requestCases)];
}

function requestCases(operation: string): MockCase[] {
  const one = (what: string, changes: Partial<PrismRequest>, expected: Expected): MockCase => {
    return { what: `${operation} ${what}`, request: goodRequest(operation, changes), expected };
  };
  const withHeader = (name: string, value: string) => ({ headers: { ...goodHeaders, [name]: value } });
  const first = statedAnswers().find((answer) => answer.operation === operation && answer.status === "200");
  const { authorization: _, ...withoutToken } = goodHeaders;
  const common = [
    one("unasked: the first example", {}, { status: 200, body: first?.body ?? null, headers: first?.headers ?? {} }),
    one("without a token", { headers: withoutToken }, { status: 401 }),
    one("with the wrong scheme", withHeader("authorization", "Basic dXNlcjpwYXNzd29yZA=="), { status: 401 }),
    one("with a GUID as client-request-id", withHeader("client-request-id", "2c1ac5ee-a2e4-4a6b-8d0f-4a2b6c2e9f11"), { status: 200 }),
    one("with a client-request-id that is no GUID", withHeader("client-request-id", "request-1"), {
      status: 400,
      violation: "request.header.client-request-id: format",
    }),
    one("with Accept: text/html", withHeader("accept", "text/html"), { status: 406 }),
    ...["GET", "POST", "PUT", "PATCH", "DELETE"]
      .filter((method) => !operation.startsWith(`${method} `))
      .map((method) => one(`by ${method}`, { method }, { status: 405 })),
    one(
      "with an empty id",
      { path: statedPath(operation).replace(/57dab8b1[^/]+/, "") },
      { status: 400, violation: "request.path: required" },
    ),
  ];
  return operation.startsWith("GET ") ? common : [...common, ...bodyCases(operation, one)];
}

function bodyCases(operation: string, one: (what: string, changes: Partial<PrismRequest>, expected: Expected) => MockCase): MockCase[] {
  return [
    ...violations.map(({ what, body, violation }) => one(`with ${what}`, { body }, { status: 400, violation })),
    ...accepted.map(({ what, body }) => one(`with ${what}`, { body }, { status: 200 })),
    ...statedRequests(operation).map(({ example, body }) => one(`← ${example}`, { body }, { status: 200 })),
    one(
      "as text/plain",
      { headers: { ...goodHeaders, "content-type": "text/plain" }, body: "x" },
      { status: 415, violation: "request: 415" },
    ),
  ];
}

/** What is wrong with the mock's answer, or nothing. */
export function flawOf({ what, expected }: MockCase, answer: PrismAnswer): string | undefined {
  const { status, violation, body, headers = {} } = expected;
  if (answer.status !== status) return `${what}: the mock answers ${answer.status}, not ${status}${named(answer)}`;
  if (violation !== undefined && !answer.violations.includes(violation)) return `${what}: the mock does not object with ${violation}`;
  if (violation === undefined && status < 300 && answer.violations.length > 0) return `${what}: the mock objects${named(answer)}`;
  if (body !== undefined && !isDeepStrictEqual(answer.body, body)) return `${what}: the mock's body is another one`;
  const wrong = Object.entries(headers).find(([name, value]) => answer.headers[name] !== value);
  if (wrong !== undefined) return `${what}: the mock's header ${wrong[0]} is ${JSON.stringify(answer.headers[wrong[0]])}, not ${wrong[1]}`;
  return undefined;
}

function named({ violations: found }: PrismAnswer): string {
  return found.length === 0 ? "" : ` (${found.join(", ")})`;
}
