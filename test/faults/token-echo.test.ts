// A server that sends the token back, in whatever it sends: no error, record or inspection shows it, whole or in part.
import { expect, test } from "vitest";
import { type FaultServer, type Script, startFaultServer } from "../support/fault-server.ts";
import * as steps from "../support/fault-server-steps.ts";
import { operationOnTheWire } from "../support/on-the-wire.ts";
import { failOnStrays } from "./guard.ts";
import { connect, credentialOf, failureOf, report } from "./harness.ts";
import { expectNoToken, secret } from "./token-check.ts";

failOnStrays();

const bearer = `Bearer ${secret}`;
const json = (value: unknown) => JSON.stringify(value);
const resultInfo = { code: 403, subcode: 1, message: `not with ${bearer}` };
const failedOperation = operationOnTheWire({ id: "1", status: "failed", resultInfo });
const echoHeaders = { "request-id": bearer, location: `https://evil.example/?${secret}`, "x-ms-ags-diagnostic": bearer };
const claims = Buffer.from(json({ access_token: { nbf: { value: secret } } })).toString("base64");
const unescaped = json({ error: { code: "x", message: bearer } }).replace("eyJ", "\\u0065yJ");

const echoes: readonly (readonly [name: string, step: steps.Step])[] = [
  ["in a message", steps.answer(400, json({ error: { code: "x", message: `bad header: ${bearer}` } }))],
  ["in a message, escaped", steps.answer(400, unescaped)],
  ["in the code", steps.answer(400, json({ error: { code: secret, message: "m" } }))],
  ["in inner ids", steps.answer(400, json({ error: { code: "x", innerError: { "request-id": secret, date: secret } } }))],
  [
    "in a nested document",
    steps.answer(403, json({ error: { code: "UnknownError", message: json({ errorCode: "7503", message: bearer }) } })),
  ],
  ["in HTML", steps.answer(507, `<html><pre>authorization: ${bearer}</pre>`)],
  ["where the excerpt is cut", steps.answer(507, `${"x".repeat(299 - 40)}${secret}`)],
  ["where the message is cut", steps.answer(507, json({ error: { code: "x", message: `${"x".repeat(999 - 40)}${secret}` } }))],
  ["in pieces", steps.answer(507, `${secret.slice(0, 20)} ${secret.slice(20, 29)}\n${secret.slice(-8)}`)],
  ["again and again", steps.answer(507, secret.repeat(3))],
  ["in a body that breaks off", steps.garbage(steps.headOf(507, 900) + bearer, "close")],
  ["in headers of a refusal", steps.answer(403, "", { headers: { ...echoHeaders, date: bearer } })],
  ["in a redirect", steps.redirect(302, `https://evil.example/?token=${secret}`)],
  ["in a challenge", steps.answer(401, "", { headers: { "www-authenticate": `Bearer error="insufficient_claims", claims="${claims}"` } })],
  ["in Retry-After", steps.answer(429, "", { headers: { "retry-after": secret } })],
  ["in a 2xx that is HTML", steps.answer(200, `<p>${bearer}`, { headers: echoHeaders })],
  ["in a 2xx that is truncated", steps.answer(200, `{"status":"${secret}`)],
  ["in a 2xx that is too large", steps.answer(200, `${bearer} `.repeat(20_000))],
  ["as a property's name", steps.answer(200, json({ [secret]: 1 }))],
  ["in a failed operation's message", steps.answer(200, json(failedOperation), { headers: echoHeaders })],
  [
    "in a failed operation's other properties",
    steps.answer(200, json({ id: "1", status: "failed", echo: { headers: [bearer] }, [secret]: 1 })),
  ],
  ["in a failed operation's ids", steps.answer(200, json({ id: secret, status: "failed", clientContext: secret }))],
  ["in a reason phrase", steps.garbage(`HTTP/1.1 507 ${secret}\r\ncontent-length: 0\r\n\r\n`)],
  ["instead of HTTP", steps.garbage(`${bearer}\r\n\r\n`)],
  ["in a header that breaks HTTP", steps.garbage(`HTTP/1.1 200 OK\r\n${secret}\r\n\r\n`)],
  ["in a chunk's length", steps.garbage(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${secret}\r\n`)],
];

async function connected(server: FaultServer) {
  return connect(server.url, { credential: credentialOf(secret), retry: { limit: 1 } });
}

test.concurrent.each(echoes)("%s", async (_, step) => {
  await using server = await startFaultServer(() => step);
  const { graph, records } = await connected(server);
  const error = await failureOf(report(graph));
  expect(server.requests[0]?.headers.authorization).toBe(bearer);
  expectNoToken(secret, error, records, graph);
});

test.concurrent.each([
  ["in the request-id", steps.answer(200, steps.operationBody(), { headers: echoHeaders })],
  ["in the status", steps.answer(200, steps.operationBody({ status: bearer }))],
])("a success that shows it %s leaves no token in the record", async (_, step) => {
  await using server = await startFaultServer(() => step);
  const { graph, records } = await connected(server);
  await report(graph);
  expect(records).toHaveLength(1);
  expectNoToken(secret, records, graph);
});

test.concurrent.each<[string, Script]>([
  ["OPERATION_FAILED", () => steps.answer(200, json(failedOperation), { headers: echoHeaders })],
  ["OUTCOME_UNKNOWN", () => steps.answer(403, bearer, { headers: echoHeaders })],
])("a poll: %s", async (code, script) => {
  await using server = await startFaultServer(script);
  const { graph } = await connected(server);
  const error = await failureOf(graph.waitForOperation("c", { id: "1", status: "running" }, { deadlineMs: 700 }));
  expect(error.code).toBe(code);
  expectNoToken(secret, error, graph);
});

test.concurrent("an error that ends a call later: DEADLINE, SUPERSEDED, THROTTLED keep a cause without it", async () => {
  const echo = steps.answer(503, json({ error: { code: secret, message: bearer } }), { headers: { ...echoHeaders, "retry-after": "8" } });
  await using server = await startFaultServer([echo, echo, steps.resetAfterRequest]);
  const { graph, records } = await connected(server);
  const older = failureOf(report(graph));
  await server.arrived(1);
  const newer = failureOf(report(graph, { deadlineMs: 4_000 }));
  expect([(await older).code, (await newer).code]).toEqual(["SUPERSEDED", "THROTTLED"]);
  expectNoToken(secret, await older, await newer, records);
});
