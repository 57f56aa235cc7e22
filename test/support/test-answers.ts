import type { MockGraph } from "teams-recording-status/testing";
import { expect, test } from "vitest";
import type { AnswerCase, ScriptedAnswer } from "../../scripts/judges/cases/answer-case.ts";
import { connect } from "./connect.ts";
import { parseObject, send } from "./raw-request.ts";
import { refusalOf } from "./refusal.ts";
import { mainOperation, pathOf, pathParametersOf } from "./spec.ts";
import type { Upstream } from "./upstream.ts";

/** Two tests for each case: the proxy's verdict, and the client's. */
export function testAnswers(cases: readonly AnswerCase[], servers: () => { readonly proxy: MockGraph; readonly upstream: Upstream }): void {
  for (const { what, answer, proxy, client } of cases) {
    test(`${what}: the proxy ${proxy === "passes" ? "lets it pass" : `catches it (${proxy})`}`, async () => {
      servers().upstream.script = answer;
      await expectVerdict(servers().proxy.url, answer, proxy);
    });

    test(`${what}: the client ${"code" in client ? `rejects with ${client.code}` : "takes it"}`, async () => {
      servers().upstream.script = answer;
      await expectOutcome(servers().upstream.url, client);
    });
  }
}

async function expectVerdict(proxyUrl: string, { status = 200, body = "" }: ScriptedAnswer, verdict: string): Promise<void> {
  const { method } = mainOperation;
  const received = await send(proxyUrl, { method, path: pathOf(mainOperation), body: '{"status":"recording"}' });
  if (verdict === "passes") {
    expect(received).toMatchObject({ status, violations: [], text: body });
    return;
  }
  expect(received.status).toBe(500);
  expect(received.headers.get("content-type")).toBe("application/problem+json");
  expect([...received.violations, parseObject(received.text).type]).toContain(verdict);
}

async function expectOutcome(url: string, expected: AnswerCase["client"]): Promise<void> {
  const outcome = connect({ baseUrl: url }).updateRecordingStatus(String(pathParametersOf(mainOperation).id), { status: "recording" });
  expect("code" in expected ? await refusalOf(outcome) : await outcome).toMatchObject(matching(expected));
}

function matching(expected: AnswerCase["client"]): object {
  const fields = Object.entries(expected);
  return Object.fromEntries(fields.map(([name, value]) => [name, value instanceof RegExp ? expect.stringMatching(value) : value]));
}
