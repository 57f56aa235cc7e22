// The logic of `npm run test:live`, against the fake: what it sends, what it keeps, and what it makes of that.
import { createFakeGraph } from "teams-recording-status/testing";
import { expect, test } from "vitest";
import { missingLine } from "../live/environment.ts";
import { probe } from "../live/probe.ts";
import { answerAll, renderAnswer } from "../live/questions.ts";

const callId = "57dab8b1-894c-409a-b240-bd8beae78896";
const otherCallId = "11111111-2222-4333-8444-555555555555";

async function run(
  script: (fake: ReturnType<typeof createFakeGraph>) => void = () => {},
  others: { otherCallId?: string } = { otherCallId },
) {
  const fake = createFakeGraph();
  fake.addCall(callId);
  fake.addCall(otherCallId);
  script(fake);
  const said: string[] = [];
  const client = { baseUrl: fake.baseUrl, credential: fake.credential };
  const facts = await probe({ callId, ...others, client, fetch: fake.fetch, runtime: fake.clock, out: (line) => said.push(line) });
  return { fake, facts, said, answers: answerAll(facts) };
}

const answerTo = (answers: ReturnType<typeof answerAll>, words: string) => answers.find(({ question }) => question.includes(words))?.answer;

test("the whole exchange: every step, and at the end nothing is recorded", async () => {
  const { fake, facts, said } = await run((fake) => fake.script({ callId: otherCallId, status: 403, code: "8506" }));
  expect(facts.map(({ step, method, status }) => `${step} ${method} ${status}`)).toEqual([
    "recording POST 200",
    "read back GET 200",
    "recording again POST 200",
    "failed POST 200",
    "another call POST 403",
    "notRecording POST 200",
  ]);
  expect(said).toHaveLength(5);
  expect(fake.statusOf(callId)).toBe("notRecording");
});

test("what the run has seen is answered, and what it could not see says where to look", async () => {
  const { answers } = await run((fake) =>
    fake.script([{ operation: "running" }, {}, {}, { callId: otherCallId, status: 403, code: "8506", headers: { "retry-after": "7" } }]),
  );
  expect(answers).toHaveLength(8);
  expect(answerTo(answers, "8506")).toBe("403");
  expect(answerTo(answers, "case")).toBe('"running", "completed"');
  expect(answerTo(answers, "ever `running`")).toBe("1 of 4 reports in this run");
  expect(answerTo(answers, "GET")).toBe('{"http":200,"status":"running"}');
  expect(answerTo(answers, "Retry-After")).toBe('"7"');
  const open = answers.filter(({ answer }) => answer === undefined).map(renderAnswer);
  expect(open).toHaveLength(3);
  for (const line of open) expect(line).toMatch(/^not observable: .+\? .+\.$/);
});

test("what was not met is not answered", async () => {
  const { answers } = await run(undefined, {});
  expect(answerTo(answers, "8506")).toBeUndefined();
  expect(answerTo(answers, "Retry-After")).toBeUndefined();
});

test("a service that refuses everything is a fact too, and the end is reported all the same", async () => {
  const { facts } = await run((fake) => fake.endCall(callId), {});
  expect(facts.map(({ step, status }) => `${step} ${status}`)).toEqual([
    "recording 404",
    "recording again 404",
    "failed 404",
    "notRecording 404",
  ]);
});

test("nothing of the tenant is kept: no id, no token, no host; and the same id has the same number", async () => {
  const { facts, fake } = await run();
  const text = JSON.stringify(facts);
  const { token = "" } = (await fake.credential.getToken([])) ?? {};
  for (const secret of [callId, callId.replaceAll("-", ""), otherCallId, token, "localhost", "Bearer"]) expect(text).not.toContain(secret);
  expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/i);
  expect(new Set(facts.filter(({ step }) => step !== "another call" && step !== "read back").map(({ path }) => path))).toEqual(
    new Set(["/communications/calls/id-1/updateRecordingStatus"]),
  );
});

test("one line names the variables that are missing; a secret or a certificate will do", () => {
  expect(missingLine({})).toMatch(/^npm run test:live .+AZURE_TENANT_ID .+AZURE_CLIENT_ID .+AZURE_CLIENT_SECRET or .+TEAMS_CALL_ID .+\.$/);
  expect(
    missingLine({ AZURE_TENANT_ID: "t", AZURE_CLIENT_ID: "a", AZURE_CLIENT_CERTIFICATE_PATH: "p", TEAMS_CALL_ID: "c" }),
  ).toBeUndefined();
});
