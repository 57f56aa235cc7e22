import type { Json } from "../spec/document.ts";
import * as errorCases from "./cases/error-answer-cases.ts";
import * as operationCases from "./cases/operation-answer-cases.ts";
import { codeOf, goodRequest } from "./mock-cases.ts";
import type { PrismAnswer, PrismRequest, UpstreamAnswer } from "./prism.ts";
import { statedAnswers } from "./stated-answers.ts";

/** One answer of a server in Graph's place, and what the validating proxy must say to it: "passes", or the violation. */
export type ProxyCase = {
  readonly what: string;
  readonly request: PrismRequest;
  readonly answer: UpstreamAnswer;
  readonly verdict: string;
};

const action = "POST /communications/calls/{id}/updateRecordingStatus";
const onApp = "POST /app/calls/{id}/updateRecordingStatus";
const readBack = "GET /communications/calls/{id}/operations/{operationId}";

/** Every answer of the contract, good and bad. Those that the proxy cannot read are left to the tests that send them. */
export function proxyCases(): ProxyCase[] {
  return [...statedCases(), ...tables()].filter(({ verdict }) => verdict !== "FetchError");
}

function statedCases(): ProxyCase[] {
  return statedAnswers().flatMap(({ operation, status, example, body, headers, otherHeaders }) => {
    const one = (what: string, sent: Readonly<Record<string, string>>): ProxyCase => ({
      what: `${operation} → ${status} ${example}${what}`,
      request: goodRequest(operation),
      answer: jsonAnswer(codeOf(status), body, sent),
      verdict: "passes",
    });
    return [
      one("", headers),
      ...otherHeaders.map(([name, value]) => one(`, ${name}: ${value.slice(0, 40)}`, { ...headers, [name]: value })),
    ];
  });
}

function tables(): ProxyCase[] {
  const { good, badHeaders, badFields, noOperation, empty } = operationCases;
  const errors = [...errorCases.withoutEnvelope, ...errorCases.oddEnvelope, ...errorCases.badHeaders];
  const actionCases = [...good, ...badHeaders, ...badFields, ...noOperation, ...empty, ...errors];
  const cases = (operation: string, list: typeof actionCases) =>
    list.map(({ what, answer, proxy: verdict }) => ({
      what: `${operation} ← ${what}`,
      request: goodRequest(operation),
      answer: { ...answer, headers: lowerCased(answer.headers) },
      verdict,
    }));
  return [
    ...cases(action, actionCases),
    ...cases(onApp, actionCases),
    // A read has no Location.
    ...cases(readBack, [...good, ...badFields, ...noOperation, ...errors]),
  ];
}

/** What is wrong with the proxy's verdict, or nothing. */
export function verdictFlaw({ what, verdict, answer: { status = 200 } }: ProxyCase, answer: PrismAnswer): string | undefined {
  if (verdict !== "passes") return answer.violations.includes(verdict) ? undefined : `${what}: the proxy does not object with ${verdict}`;
  if (answer.violations.length > 0) return `${what}: the proxy objects (${answer.violations.join(", ")})`;
  return answer.status === status ? undefined : `${what}: the proxy answers ${answer.status}, not ${status}`;
}

function jsonAnswer(status: number, body: Json, headers: Readonly<Record<string, string>>): UpstreamAnswer {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}

function lowerCased(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
