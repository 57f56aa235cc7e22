// The suites that judge mutants and edits: they agree with the spec as it is, they say the same as the real servers, and their shortcuts are right.

import { type MockGraph, startMockGraph } from "teams-recording-status/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { wireNames } from "../../scripts/judges/cases/wire-names.ts";
import { createJudge } from "../../scripts/judges/judge.ts";
import { type Judgement, suites } from "../../scripts/judges/judgement.ts";
import { flawOf, mockCases } from "../../scripts/judges/mock-cases.ts";
import { createOperationsReader } from "../../scripts/judges/operations.ts";
import { type PrismAnswer, type PrismRequest, readOperations } from "../../scripts/judges/prism.ts";
import { proxyCases, verdictFlaw } from "../../scripts/judges/proxy-cases.ts";
import { createTypesJudge } from "../../scripts/judges/types.ts";
import { mutantsOf } from "../../scripts/mutate/mutants.ts";
import { readDocument, readSpecText } from "../../scripts/spec/document.ts";
import { limit, statuses } from "../support/as-it-is.ts";
import { startUpstream, type Upstream } from "../support/upstream.ts";
import { whenAll } from "../support/when-all.ts";

const document = readDocument(readSpecText());
/** One for all: it keeps what it has read besides the documents. */
const judge = createJudge();
const judgeTypes = createTypesJudge();
const { code, subcode } = wireNames.ResultInfo;
const none: Judgement = { facts: [], types: [], mock: [], proxy: [] };

test("no suite objects to the spec as it is", async () => {
  expect(await judge(document)).toEqual(none);
});

test("the suites have cases for every operation", () => {
  for (const operation of ["POST /communications/calls/{id}/updateRecordingStatus", "POST /app/calls/{id}/updateRecordingStatus", "GET "]) {
    expect(mockCases().filter(({ what }) => what.startsWith(operation)).length).toBeGreaterThan(20);
    expect(proxyCases().filter(({ what }) => what.startsWith(operation)).length).toBeGreaterThan(40);
  }
});

test("another order of an enum, of what is required, and of the types of a value means the same", async () => {
  const orders = [
    [`enum: [${statuses}]`, `enum: [${statuses.split(", ").toReversed().join(", ")}]`],
    [`required: [${code}, ${subcode}]`, `required: [${subcode}, ${code}]`],
    ["type: [string, 'null']", "type: ['null', string]"],
  ] as const;
  for (const [from] of orders) expect(readSpecText()).toContain(from);
  const text = orders.reduce((edited, [from, to]) => edited.replaceAll(from, to), readSpecText());
  expect(await judge(readDocument(text))).toEqual(none);
});

test("a judge of types that finds nothing to compile says so: its silence would be taken for agreement", async () => {
  await expect(createTypesJudge("/nowhere/wire-types.ts")(document)).rejects.toThrow(/compiled nothing: 0 statements found in \/nowhere/);
});

describe("a change is noticed by the suite that it concerns", () => {
  type Noticed = readonly [what: string, from: string, to: string, by: readonly (typeof suites)[number][]];
  const changes: readonly Noticed[] = [
    ["a limit of the request", `maxLength: ${limit}`, `maxLength: ${limit + 1}`, ["facts", "types", "mock"]],
    ["what answers must have", `required: [${code}, ${subcode}]`, `required: [${code}]`, ["facts", "types", "proxy"]],
    ["an example of an answer", "message: Call not found.", "message: Call lost.", ["facts", "mock"]],
  ];
  const more: readonly Noticed[] = [
    ["a cloud's address", "- url: https://dod-graph.microsoft.us", "- url: https://dod.microsoft.us", ["facts", "types"]],
    ["a mark that reaches no wire", "deprecated: true", "deprecated: false", ["facts"]],
  ];
  const expectNoticed = async (...[, from, to, by]: Noticed) => {
    const judgement = await judge(readDocument(readSpecText().replace(from, to)));
    expect(suites.filter((suite) => judgement[suite].length > 0)).toEqual(by);
  };
  test.each(changes)("%s", expectNoticed);
  whenAll(() => void test.each(more)("%s", expectNoticed));
});

describe("a type that is not as stated is told with its name, its line, what differs and what to do", () => {
  test.each([
    [
      "a limit",
      `maxLength: ${limit}`,
      `maxLength: ${limit + 1}`,
      /^the type of requestConstant is not as stated in scripts\/judges\/wire-types\.ts:\d+: properties\.clientContext\.maxLength may be \d+: state it here, or take it out of the spec; .* is never \d+: /,
    ],
    [
      "a member of an enum",
      `[${statuses}]`,
      `[${statuses}, dozing]`,
      /^the type of reportableStatus is .*: the type in the spec may be dozing: state it here/,
    ],
    [
      "a property",
      "        clientContext:\n",
      "        shoeSize: { type: string }\n        clientContext:\n",
      /^the type of request is .*: shoeSize is new in the spec: state it here/,
    ],
    [
      "a property that is gone",
      `        ${subcode}:\n`,
      `        ${subcode}s:\n`,
      new RegExp(`^the type of resultInfo is .*${subcode} is gone from the spec: state it here`),
    ],
    [
      "a retryable answer",
      "      x-retryable: true\n      headers:\n        Retry-After: *retryAfter",
      "      headers:\n        Retry-After: *retryAfter",
      /^the type of retryable is .*: the type in the spec is never 503: /,
    ],
  ])("%s", async (_, from, to, message) => {
    const text = readSpecText().replace(from, to);
    expect(text).not.toBe(readSpecText());
    expect(await judgeTypes(readDocument(text))).toContainEqual(expect.stringMatching(message));
  });
});

/** One of so many mutants, each read in both ways. */
async function expectSameReading(stride: number): Promise<void> {
  const read = await createOperationsReader(document);
  for (const mutant of mutantsOf(document).filter((_, index) => index % stride === 7)) {
    const mutated = mutant.apply();
    const [ours, theirs] = await Promise.allSettled([read(mutated), readOperations(mutated)]);
    expect(ours, `${mutant.path.join(" › ")} ${mutant.what}`).toEqual(theirs);
  }
}

whenAll(() => {
  test("operations that are read for many more mutants are those that Prism reads", { timeout: 60_000 }, () => expectSameReading(61));
});

test("operations that are read for variants of the document are those that Prism reads, and share what did not change", async () => {
  const [read, good] = [await createOperationsReader(document), await readOperations(document)];
  expect(await read(document)).toEqual(good);
  const kept = await read(document);
  await expectSameReading(211);
  // What no mutant of the sample is: a reference from a webhook that leads nowhere, and one in a circle.
  for (const [from, to] of [
    ["'#/components/schemas/CommsNotifications'", "'#/components/schemas/Nowhere'"],
    ["- $ref: '#/components/schemas/ResultInfo'", "- $ref: '#/components/schemas/CommsOperation'"],
  ] as const) {
    const text = readSpecText().replace(from, to);
    expect(text).not.toBe(readSpecText());
    const [ours, theirs] = await Promise.allSettled([read(readDocument(text)), readOperations(readDocument(text))]);
    expect(ours, to).toEqual(theirs);
  }
  const renamed = readDocument(readSpecText().replace("message: Call not found.", "message: Call lost."));
  const [action] = await read(renamed);
  expect(action?.request).toBe(kept[0]?.request);
  expect(action?.responses.filter((one) => kept[0]?.responses.includes(one)).length).toBe((kept[0]?.responses.length ?? 0) - 1);
});

describe("Prism's own server says the same", () => {
  let upstream: Upstream;
  let mock: MockGraph;
  let proxy: MockGraph;
  beforeAll(async () => {
    upstream = await startUpstream();
    [mock, proxy] = await Promise.all([startMockGraph(), startMockGraph({ upstream: upstream.url })]);
  });
  afterAll(async () => {
    await Promise.all([mock.close(), proxy.close()]);
    await upstream.close();
  });

  /** One of so many cases. */
  const sample = <Case>(cases: readonly Case[], stride: number) => cases.filter((_, index) => index % stride === 0);

  async function expectSameMock(stride: number): Promise<void> {
    for (const one of sample(mockCases(), stride)) expect(flawOf(one, await ask(mock.url, one.request))).toBeUndefined();
  }

  async function expectSameProxy(stride: number): Promise<void> {
    for (const one of sample(proxyCases(), stride)) {
      upstream.script = one.answer;
      expect(verdictFlaw(one, await ask(proxy.url, one.request))).toBeUndefined();
    }
  }

  test("the mock, in one case of seven", () => expectSameMock(7));
  test("the proxy, in one case of seven", () => expectSameProxy(7));

  whenAll(() => {
    test("the mock, in every case", { timeout: 60_000 }, () => expectSameMock(1));
    test("the proxy, in every case", { timeout: 60_000 }, () => expectSameProxy(1));
  });
});

async function ask(url: string, { method, path, headers, body, prefer }: PrismRequest): Promise<PrismAnswer> {
  const preference = prefer === undefined ? {} : { prefer: `code=${prefer.code}, example=${prefer.example}` };
  const sent = body === undefined || method === "GET" ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
  const isText = headers["content-type"] === "application/json" && typeof body === "string";
  const response = await fetch(url + path, {
    method,
    headers: { ...headers, ...preference },
    signal: AbortSignal.timeout(3_000),
    ...(isText ? { body: JSON.stringify(body) } : sent),
  });
  const text = await response.text();
  const found = JSON.parse(response.headers.get("sl-violations") ?? "[]") as { location: string[]; code?: string; message: string }[];
  const violations = found.map(
    ({ location, code, message }) => `${location.join(".")}: ${code ?? (message.includes("media type") ? "media type" : message)}`,
  );
  return { status: response.status, headers: Object.fromEntries(response.headers), body: readBody(text), violations };
}

function readBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
