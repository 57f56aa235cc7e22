// Tokens that are none: CREDENTIAL, nothing is sent, and nothing of them is shown.
import { describe, expect, test } from "vitest";
import type { TokenCredential } from "../../src/index.ts";
import { startFaultServer } from "../support/fault-server.ts";
import { failOnStrays } from "./guard.ts";
import { connect, failureOf, report } from "./harness.ts";
import { expectNoToken, secret } from "./token-check.ts";

failOnStrays();

const inAnHour = Date.now() + 3_600_000;
const gives = (value: unknown): TokenCredential => ({ getToken: async () => value as never });
const token = (text: unknown) => gives({ token: text, expiresOnTimestamp: inAnHour });

const malformed: readonly (readonly [name: string, credential: TokenCredential])[] = [
  ["null", gives(null)],
  ["undefined", gives(undefined)],
  ["a string in place of a token", gives(secret)],
  ["an object without a token", gives({ expiresOnTimestamp: inAnHour })],
  ["an empty token", token("")],
  ["a token that is null", token(null)],
  ["a token that is a number", token(12_345_678)],
  ["a token that is an array", token([secret])],
  ["a token with a String object", token(new String(secret))],
  ["CR and LF with a header", token(`${secret}\r\nx-evil: 1`)],
  ["LF at the end", token(`${secret}\n`)],
  ["CR inside", token(`${secret.slice(0, 30)}\r${secret.slice(30)}`)],
  ["NUL", token(`${secret}\0`)],
  ["blanks only", token("   ")],
  ["a blank at the end", token(`${secret} `)],
  ["a blank inside", token(`${secret.slice(0, 30)} ${secret.slice(30)}`)],
  ["a tab", token(`\t${secret}`)],
  ["a letter beyond ASCII", token(`${secret}é`)],
  ["an emoji", token(`${secret}😀`)],
  ["a line separator", token(`${secret}\u2028`)],
  ["DEL", token(`${secret}\x7f`)],
  ["the scheme twice", token(`Bearer ${secret}`)],
];

describe.each(malformed)("%s", (_, credential) => {
  test("is CREDENTIAL, for a report", async () => {
    await using server = await startFaultServer();
    const { graph, records } = connect(server.url, { credential });
    const error = await failureOf(report(graph));
    expect(error).toMatchObject({
      code: "CREDENTIAL",
      retryable: false,
      message: expect.stringMatching(/no token .*for https|which was not sent, for/),
    });
    expect(server.sockets.total).toBe(0);
    expect(records).toMatchObject([{ outcome: "CREDENTIAL", attempt: 0, clientRequestId: undefined }]);
    expectNoToken(secret, error, records, graph);
  });
});

test("for a poll it is OUTCOME_UNKNOWN because of CREDENTIAL, and nothing is sent", async () => {
  await using server = await startFaultServer();
  const { graph } = connect(server.url, { credential: token(`${secret}\r\n`), deadlineMs: 600 });
  const error = await failureOf(graph.waitForOperation("c", { id: "1", status: "running" }));
  expect(error).toMatchObject({ code: "OUTCOME_UNKNOWN", cause: { code: "CREDENTIAL" } });
  expect(server.sockets.total).toBe(0);
  expectNoToken(secret, error, graph);
});

test("a malformed token is not kept: the next call asks again", async () => {
  await using server = await startFaultServer();
  const answers = ["", `${secret}\n`, secret];
  const { graph } = connect(server.url, {
    credential: { getToken: async () => ({ token: answers.shift() ?? "", expiresOnTimestamp: inAnHour }) },
  });
  expect((await failureOf(report(graph))).code).toBe("CREDENTIAL");
  expect((await failureOf(report(graph))).code).toBe("CREDENTIAL");
  await expect(report(graph)).resolves.toMatchObject({ status: "completed" });
  await expect(report(graph)).resolves.toMatchObject({ status: "completed" });
  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${secret}`, `Bearer ${secret}`]);
});

test.each<[string, TokenCredential["getToken"]]>([
  ["rejects", async () => Promise.reject(new Error("AADSTS7000215: Invalid client secret"))],
  [
    "throws",
    () => {
      throw new Error("AADSTS7000215: Invalid client secret");
    },
  ],
])("a credential that %s: CREDENTIAL with its own words, nothing sent, nothing kept", async (_, getToken) => {
  await using server = await startFaultServer();
  let asked = 0;
  const once: TokenCredential["getToken"] = (...args) => (++asked === 1 ? getToken(...args) : token(secret).getToken(...args));
  const { graph } = connect(server.url, { credential: { getToken: once } });
  const error = await failureOf(report(graph));
  expect(error).toMatchObject({ code: "CREDENTIAL", cause: { message: "AADSTS7000215: Invalid client secret" } });
  expect(error.message).toContain("AADSTS7000215");
  expect(server.sockets.total).toBe(0);
  await expect(report(graph)).resolves.toMatchObject({ status: "completed" });
});
