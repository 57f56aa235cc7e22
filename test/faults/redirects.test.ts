// The token goes to the configured origin only: redirects are errors, and a Location is data.
import { describe, expect, test } from "vitest";
import { startFaultServer } from "../support/fault-server.ts";
import * as steps from "../support/fault-server-steps.ts";
import { failOnStrays } from "./guard.ts";
import { connect, failureOf, report } from "./harness.ts";

failOnStrays();

describe.each([300, 301, 302, 303, 304, 305, 307, 308])("a %i", (status) => {
  test("to another origin is an error, and nothing goes there", async () => {
    await using other = await startFaultServer();
    await using server = await startFaultServer(() => steps.redirect(status, `${other.url}/stolen`));
    const { graph, records } = connect(server.url);
    const error = await failureOf(report(graph));
    expect(error).toMatchObject({ code: "HTTP", status, retryable: false });
    expect(records[0]).toMatchObject({ httpStatus: status, outcome: "HTTP" });
    expect([server.requests.length, other.requests.length, other.sockets.total]).toEqual([1, 0, 0]);
  });

  test("to the same origin is an error too", async () => {
    await using server = await startFaultServer(() => steps.redirect(status, "/v1.0/elsewhere"));
    expect(await failureOf(report(connect(server.url).graph))).toMatchObject({ code: "HTTP", status });
    expect(server.requests).toHaveLength(1);
  });
});

test("a redirect says what to do", async () => {
  await using server = await startFaultServer(() => steps.redirect(302, "https://login.example/"));
  const error = await failureOf(report(connect(server.url).graph));
  expect(error.hint).toMatch(/Redirects are not followed/);
});

test("a redirect of a poll is not followed either", async () => {
  await using other = await startFaultServer();
  await using server = await startFaultServer(() => steps.redirect(307, `${other.url}/stolen`));
  const { graph } = connect(server.url, { deadlineMs: 700 });
  const error = await failureOf(graph.waitForOperation("c", { id: "1", status: "running" }));
  expect(error).toMatchObject({ code: "OUTCOME_UNKNOWN", cause: { code: "HTTP", status: 307 } });
  expect([server.requests.length > 0, other.sockets.total]).toEqual([true, 0]);
});

describe("Location", () => {
  const locate = async (location: string | undefined, body = "") => {
    const headers = location === undefined ? {} : { location };
    await using server = await startFaultServer([steps.answer(200, body, { headers })]);
    return { operation: await report(connect(server.url).graph), origin: server.origin };
  };

  test("on another host is data: it is returned, and no request and no id comes of it", async () => {
    await using other = await startFaultServer();
    const location = `${other.url}/communications/calls/c/operations/op-9`;
    await using server = await startFaultServer([steps.answer(202, "", { headers: { location } })]);
    const { graph } = connect(server.url);
    const operation = await report(graph);
    expect(operation).toMatchObject({ id: undefined, status: null, location });
    expect(await failureOf(graph.waitForOperation("c", operation, { deadlineMs: 300 }))).toMatchObject({ code: "OUTCOME_UNKNOWN" });
    expect(other.sockets.total).toBe(0);
  });

  test("of a running operation on another host: the configured origin is polled", async () => {
    await using other = await startFaultServer();
    const location = `${other.url}/communications/calls/c/operations/op-9`;
    const running = steps.answer(200, steps.operationBody({ id: "op-9", status: "running" }), { headers: { location } });
    await using server = await startFaultServer([running, steps.completed({ id: "op-9" })]);
    const { graph } = connect(server.url);
    const operation = await report(graph, {}, "c");
    await expect(graph.waitForOperation("c", operation)).resolves.toMatchObject({ id: "op-9", status: "completed", location });
    expect(server.requests[1]).toMatchObject({ method: "GET", url: "/v1.0/communications/calls/c/operations/op-9" });
    expect(other.sockets.total).toBe(0);
  });

  test.each([
    [undefined],
    ["/v1.0/communications/calls/c/operations/op-1"],
    ["operations/op-1"],
    ["//evil.example/operations/op-1"],
    ["http://"],
    ["http://[::"],
    ["javascript:alert(1)"],
    ["data:text/plain,x"],
    ["file:///etc/passwd"],
    ["x".repeat(8_000)],
  ])("%s is no location, and an empty answer stays the null operation", async (location) => {
    expect((await locate(location)).operation).toMatchObject({ id: undefined, status: null, location: undefined });
    expect((await locate(location, steps.operationBody())).operation).toMatchObject({
      id: "op-1",
      status: "completed",
      location: undefined,
    });
  });

  test("on the configured origin gives an empty answer its id", async () => {
    await using server = await startFaultServer(() =>
      steps.answer(202, "", { headers: { location: `${server.origin}/v1.0/communications/calls/c/operations/op%207` } }),
    );
    await expect(report(connect(server.url).graph)).resolves.toMatchObject({ id: "op 7", status: null });
  });
});
