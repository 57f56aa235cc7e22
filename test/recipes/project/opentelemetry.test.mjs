// Copied into the consumer's project, beside opentelemetry.ts: the spans that the real SDK exports are judged, and nothing else.
import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { afterEach, test } from "node:test";
import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { createRecordingClient } from "teams-recording-status";
import { createFakeGraph } from "teams-recording-status/testing";
import { traceAttempt, tracedRecording } from "./opentelemetry.ts";

const exporter = new InMemorySpanExporter();
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
afterEach(() => exporter.reset());

const secret = "token-that-no-span-may-hold";

function startBot(...callIds) {
  const fake = createFakeGraph();
  for (const id of callIds) fake.addCall(id);
  const { baseUrl, fetch, clock } = fake;
  const credential = { getToken: async () => ({ token: secret, expiresOnTimestamp: clock.now() + 3_600_000 }) };
  const trusting = (url, init) => {
    const headers = new Headers(init.headers);
    equal(headers.get("authorization"), `Bearer ${secret}`);
    headers.set("authorization", "Bearer token-of-the-fake-graph");
    return fetch(url, { ...init, headers });
  };
  const graph = createRecordingClient({ baseUrl, fetch: trusting, credential, onAttempt: traceAttempt }, clock);
  return { fake, graph, clock };
}

const spans = () => exporter.getFinishedSpans();
/** The name of each span with what tells it apart, and the span that it stands under. */
function tree() {
  const byId = new Map(spans().map((span) => [span.spanContext().spanId, span]));
  const show = ({ name, attributes }) => `${name} ${attributes["call.id"]} ${attributes["recording.status"] ?? ""}`.trim();
  const parent = ({ parentSpanContext: above }) =>
    above === undefined ? "-" : byId.has(above.spanId) ? show(byId.get(above.spanId)) : "what is over";
  return spans()
    .map((span) => `${show(span)} < ${parent(span)}`)
    .sort();
}
const exported = () =>
  JSON.stringify(
    spans().map(({ name, attributes, status, events, links, resource }) => [name, attributes, status, events, links, resource.attributes]),
  );

test("each request stands under the recording of its own call, also when two are recorded at once, and one ends the other", async () => {
  const { graph, fake, clock } = startBot("a", "b");
  const ended = Promise.withResolvers();
  const run = Promise.all([tracedRecording(graph, "a", () => ended.promise), tracedRecording(graph, "b", async () => ended.resolve())]);
  await clock.advance(10_000, { until: run });
  await run;
  deepEqual(tree(), [
    "graph report a notRecording < recording a",
    "graph report a recording < recording a",
    "graph report b notRecording < recording b",
    "graph report b recording < recording b",
    "recording a < -",
    "recording b < -",
  ]);
  const traces = new Map(spans().map((span) => [`${span.attributes["call.id"]} ${span.spanContext().traceId}`, span]));
  equal(traces.size, 2);
  equal(fake.statusOf("a"), "notRecording");
});

test("a report that belongs to no recording stands alone, whatever span is active", async () => {
  const { graph } = startBot("a");
  await tracedRecording(graph, "a", () => {}); // over
  exporter.reset();
  const active = trace.getTracer("other").startSpan("another call's request");
  await context.with(trace.setSpan(context.active(), active), () => graph.updateRecordingStatus("a", { status: "notRecording" }));
  active.end();
  deepEqual(tree(), ["another call's request undefined < -", "graph report a notRecording < -"]);
});

test("refused and repeated requests are errors with their code; the recording that succeeds in the end is none", async () => {
  const { graph, fake, clock } = startBot("a");
  fake.script([{ status: 503 }]);
  const run = tracedRecording(graph, "a", () => {});
  await clock.advance(30_000, { until: run });
  await run;
  const told = spans().map(({ name, status, attributes }) => [
    name,
    status.code,
    attributes["http.response.status_code"],
    attributes["graph.attempt"],
  ]);
  deepEqual(told, [
    ["graph report", 2, 503, 1],
    ["graph report", 0, 200, 2],
    ["graph report", 0, 200, 1],
    ["recording", 0, undefined, undefined],
  ]);
});

test("a recording that fails is an error, with its code and without its words", async () => {
  const { graph, fake, clock } = startBot("a");
  fake.script([{ status: 403, code: "8506" }]);
  const run = tracedRecording(graph, "a", () => {});
  run.catch(() => {});
  await clock.advance(30_000, { until: run });
  await rejects(run, { code: "HTTP" });
  deepEqual(spans().at(-1).status, { code: 2, message: "HTTP" });
  equal(spans().at(-1).ended, true);
});

test("the times of a request are its own, and no span holds a token", async () => {
  const { graph, fake, clock } = startBot("a");
  fake.script([{ delayMs: 700 }]);
  const run = tracedRecording(graph, "a", () => {});
  await clock.advance(30_000, { until: run });
  await run;
  const [first] = spans();
  deepEqual(first.duration, [0, 700_000_000]);
  ok(exported().includes("graph.client_request_id"));
  ok(!exported().includes(secret) && !exported().includes("Bearer"));
});
