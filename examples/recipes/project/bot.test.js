// A bot under jest's fake timers: the client's time is the fake's clock, and jest's timers are for the rest of the bot.
import { createRecordingClient } from "teams-recording-status";
import { createFakeGraph } from "teams-recording-status/testing";
import { recordCall } from "./bot.js";

test("keeps the order, also when Graph is busy and confirms late", async () => {
  const fake = createFakeGraph();
  fake.addCall("my-call");
  fake.script([
    { status: 503, headers: { "retry-after": "30" } },
    { operation: "running", becomes: "completed" },
  ]);
  const { baseUrl, fetch, credential, clock } = fake;
  const graph = createRecordingClient({ baseUrl, fetch, credential }, clock); // not jest's time
  const run = recordCall(graph, "my-call", fake.sink("my-call"));
  await clock.advance(120_000, { until: run }); // and not jest.advanceTimersByTime
  await run;
  expect(fake.violations()).toEqual([]);
});
