// `set`, judged by what arrived at a Graph.
import { CredentialError } from "teams-recording-status";
import { createFakeGraph, startFakeGraph } from "teams-recording-status/testing";
import { expect, onTestFinished, test } from "vitest";
import { limit } from "../support/as-it-is.ts";
import { cloudServers, unsupportedClouds } from "../support/spec.ts";
import { begin, callId, type Given, invoke } from "./invoke.ts";

async function serve() {
  const fake = await startFakeGraph();
  onTestFinished(() => fake.close());
  fake.addCall(callId);
  const arrived = () => fake.history.flatMap((event) => (event.type === "report" ? [event.status] : []));
  return { fake, arrived, set: (args: string, given?: Given) => invoke(`set --base-url ${fake.baseUrl} ${args}`, given) };
}

/** A fake in memory, whose time is the test's. */
async function remember() {
  const fake = createFakeGraph();
  fake.addCall(callId);
  const { token } = (await fake.credential.getToken("")) ?? {};
  const given = { fetch: fake.fetch, runtime: fake.clock, now: fake.clock.now, env: { TEAMS_RECORDING_STATUS_TOKEN: token } };
  return { fake, set: (args: string) => begin(`set --base-url ${fake.baseUrl} --call ${callId} --yes ${args}`, given) };
}

test("with --yes the status arrives, and Graph's confirmation is told", async () => {
  const { fake, arrived, set } = await serve();
  const { code, out, err } = await set(`--call ${callId} --status failed --yes`);
  expect([code, arrived(), fake.statusOf(callId)]).toEqual([0, ["failed"], "failed"]);
  expect(out[0]).toMatch(/^Graph has confirmed "failed" for call 57dab8b1-894c-409a-b240-bd8beae78896: operation \S+ is completed\.$/);
  expect(err.join(" ")).toContain("first make sure that the bot is dead");
});

test("it says what it will do, asks, and does nothing after anything but yes", async () => {
  const { fake, arrived, set } = await serve();
  for (const answer of ["n", "", "yellow"]) expect((await set(`--call ${callId} --status notRecording`, { answer })).code).toBe(1);
  expect(arrived()).toEqual([]);
  const { code, err, questions } = await set(`--call ${callId} --status notRecording`, { answer: "y" });
  expect([code, arrived(), questions]).toEqual([0, ["notRecording"], ["Go on? [y/N] "]]);
  expect(err.slice(0, 2).join(" ")).toContain(`reports "notRecording" for call ${callId} to ${fake.baseUrl}`);
});

test("Ctrl-C at the question sends nothing, whatever stands on the line", async () => {
  const { arrived, set } = await serve();
  const { code, err } = await set(`--call ${callId} --status failed`, { answer: "y", whenAsked: (interrupt) => interrupt() });
  expect([code, arrived(), err.slice(-2)]).toEqual([130, [], ["Nothing was sent.", "Stopped by Ctrl-C."]]);
});

test("without a terminal it needs --yes, and sends nothing", async () => {
  const { arrived, set } = await serve();
  const { code, err } = await set(`--call ${callId} --status failed`);
  expect([code, arrived(), err.at(-1)]).toEqual([2, [], expect.stringContaining("say --yes")]);
});

test.each([
  [`--call ${callId} --status recording --yes`, "set never reports recording: it tells the people in the call that they are recorded"],
  [`--call ${callId} --status Failed --yes`, '--status must be notRecording or failed, not "Failed".'],
  ["--status failed --yes", "set needs --call ID."],
  [`--call ${callId} --yes`, "set needs --status notRecording|failed."],
  ["--call --status failed", "--call needs a value: --call ID."],
  ["--call . --status failed --yes", "--call"],
  [
    `--call ${callId} --status failed --context ${"x".repeat(limit + 1)} --yes`,
    `--context must have at most ${limit} characters (code points); it has ${limit + 1}.`,
  ],
  [`--call ${callId} --status failed --yess`, 'set has no option "--yess"; did you mean --yes?'],
  [`--call ${callId} --status failed --yes --version v1.0`, "Give --base-url or --version"],
  [`--call ${callId} --status failed --yes --yes`, "--yes is given twice."],
  [`--call ${callId} --status failed --yes=no`, "--yes takes no value."],
  [`--call ${callId} --status failed --yes now`, 'set takes options only, not "now".'],
])("%s: one line, exit code 2, and nothing arrives", async (args, message) => {
  const { arrived, set } = await serve();
  const { code, err, out } = await set(args);
  expect([code, arrived(), out, err]).toEqual([2, [], [], [expect.stringContaining(message)]]);
});

test("what Graph refuses is told with what to do, exit code 1", async () => {
  const { fake, set } = await serve();
  fake.script({ status: 403, code: "8506", headers: { "request-id": "r-1" } });
  const { code, err } = await set(`--call ${callId} --status failed --yes`);
  expect([code, fake.statusOf(callId)]).toEqual([1, "notRecording"]);
  expect(err.at(-2)).toMatch(/^HTTP: .*403 8506.*policy-recording call.*\(request-id r-1, client-request-id \S+\)$/);
  expect(err.at(-1)).toContain("the people in the call see what they saw before");
});

test("--json prints one object on stdout, with the context that arrived", async () => {
  const { fake, set } = await serve();
  const done = await set(`--call ${callId} --status failed --context my-mark --yes --json`);
  expect(done.out).toHaveLength(1);
  expect(done.json()).toMatchObject({ callId, status: "failed", clientContext: "my-mark", result: "completed", error: null });
  fake.script({ status: 403, code: "8506" });
  const refused = await set(`--call ${callId} --status failed --yes --json`);
  expect(refused.json()).toMatchObject({ result: "failed", error: { code: "HTTP", mayBeInEffect: false } });
  expect((await set(`--call ${callId} --status failed --json`, { answer: "no" })).json().result).toBe("declined");
});

test("an operation that is not final is waited for", async () => {
  const { fake, set } = await remember();
  fake.script({ becomes: "completed", becomesAfterMs: 3_000 });
  const { code, out } = set("--status failed");
  await fake.clock.advance(10_000, { until: code });
  expect([await code, out[0]]).toEqual([0, expect.stringContaining("Graph has confirmed")]);
});

test.each([
  ["an operation that stays pending", { operation: "running" }],
  ["answers that are lost", [1, 2, 3, 4].map(() => ({ lose: "answer" as const }))],
])("%s: it says that nobody knows, exit code 1", async (_, plan) => {
  const { fake, set } = await remember();
  fake.script(plan);
  const { code, err, out } = set("--status failed --json");
  await fake.clock.advance(120_000, { until: code });
  expect([await code, JSON.parse(out[0] ?? "").result]).toEqual([1, "unknown"]);
  expect(err.at(-1)).toContain("It is not known whether the status is in effect");
});

test("Ctrl-C ends it at once, and it says that the status may be in effect", async () => {
  const { fake, set } = await remember();
  fake.script({ silent: "answer" });
  const run = set("--status failed");
  await fake.clock.advance(100);
  run.interrupt();
  expect(await run.code).toBe(130);
  expect(run.err.slice(-2)).toEqual([expect.stringMatching(/^ABORTED: .*may be in effect/), "Stopped by Ctrl-C."]);
});

const served = cloudServers().map(({ cloud, version, url, tokenScope }) => [
  `--cloud ${cloud} --version ${version}`,
  url,
  cloud,
  tokenScope,
]);
test.each([["", "https://graph.microsoft.com/v1.0", "global", "https://graph.microsoft.com/.default"], ...served])(
  "the cloud %s decides where the report and the token go",
  async (args, root, cloud, scope) => {
    const seen: unknown[] = [];
    const getToken = async (scopes: string | string[], options?: { tenantId?: string }) => {
      seen.push(scopes, options?.tenantId);
      return { token: "a-token-of-the-default-credential", expiresOnTimestamp: Date.now() + 3_600_000 };
    };
    const { code, err } = await invoke(`set --call ${callId} --status failed --tenant contoso --yes ${args}`, {
      credential: async (chosen) => {
        seen.push(chosen);
        return { getToken };
      },
      fetch: async (url, init) => {
        seen.push(url, new Headers(init.headers).get("authorization"), JSON.parse(String(init.body)).status);
        return Response.json({ id: "op", status: "completed" });
      },
    });
    const report = `${root}/communications/calls/${callId}/updateRecordingStatus`;
    expect([code, seen]).toEqual([0, [cloud, scope, "contoso", report, "Bearer a-token-of-the-default-credential", "failed"]]);
    expect(err.join(" ")).toContain(`to ${root} (cloud ${cloud})`);
  },
);

test.each([
  ...unsupportedClouds().map(({ name, version, reason }): [string, string] => [
    `--cloud ${name}${version === undefined ? "" : ` --version ${version}`}`,
    `${name}${version === undefined ? "" : ` with version ${version}`} cannot be used. ${reason}`,
  ]),
  ["--cloud moon", /^--cloud must be one of global, .+, not "moon"\.$/],
  ["--base-url https://graph.example.com/v1.0", /--base-url .*the token would be sent to it.* --allow-unknown-host\.$/],
  ["--base-url http://graph.example.com/v1.0 --allow-unknown-host", /^--base-url .* must be https/],
])("%s is refused in one line before a token is asked for", async (args, message) => {
  const { code, err } = await invoke(`set --call ${callId} --status failed --yes ${args}`);
  expect([code, err]).toEqual([2, [typeof message === "string" ? expect.stringContaining(message) : expect.stringMatching(message)]]);
});

test("without a default credential it says what to install, before it asks", async () => {
  const credential = async () => {
    throw new CredentialError("The default credential needs the package @azure/identity.", { hint: "Run: npm install @azure/identity" });
  };
  const { code, err, questions } = await invoke(`set --call ${callId} --status failed`, { credential, answer: "y" });
  expect([code, questions, err]).toEqual([2, [], [expect.stringContaining("npm install @azure/identity")]]);
});

test("no token is printed, whatever answers", async () => {
  const secret = "a-very-secret-token-of-the-environment";
  const given: Given = {
    env: { TEAMS_RECORDING_STATUS_TOKEN: secret },
    fetch: async (_url, init) => new Response(`You sent ${new Headers(init.headers).get("authorization")}`, { status: 403 }),
  };
  for (const more of ["", " --json"]) {
    const { out, err } = await invoke(`set --call ${callId} --status failed --yes${more}`, given);
    expect(err.join(" ")).toContain("HTTP: ");
    expect([...out, ...err].join(" ")).not.toContain("secret");
  }
});

test("an id cannot rewrite what is asked: a control character is told as its escape", async () => {
  const { err } = await invoke("set --call my\u001b[2K\ncall\u202e --status failed --base-url http://127.0.0.1:9/v1.0", { answer: "n" });
  expect(err[0]).toBe('This reports "failed" for call my\\u001b[2K\\u000acall\\u202e');
});
