// The same bot before and after, on the same wire: what was reported, in which order, and what ran when it arrived.
import { Client } from "@microsoft/microsoft-graph-client";
import { createRecordingClient } from "teams-recording-status";
import { expect, test, vi } from "vitest";
import { createCareful, type Media } from "../../examples/recipes/migrating.ts";
import { createCareless } from "../../examples/recipes/migrating-before.ts";
import { atEnd, withCleanup } from "./cleanup.ts";
import { credential, startWire, type WireStep } from "./wire.ts";

withCleanup();

/** A Graph, and media that say at each report whether they are running. */
async function startGraph(...steps: WireStep[]) {
  let isRunning = false;
  const media: Media = {
    start: () => {
      isRunning = true;
    },
    stop: () => {
      isRunning = false;
    },
  };
  const wire = await startWire(() => (isRunning ? "while recording" : "while silent"), ...steps);
  atEnd(() => wire.close());
  const told = () => wire.arrivals.map(({ status, seen }) => `${status} ${seen}`);
  return { wire, media, told, isRunning: () => isRunning };
}

function before({ wire, media }: Awaited<ReturnType<typeof startGraph>>) {
  const authProvider = (done: (error: unknown, token: string) => void) => done(null, "token");
  return { client: Client.init({ baseUrl: `${wire.url}/`, defaultVersion: "v1.0", authProvider }), media };
}

function after({ wire, media }: Awaited<ReturnType<typeof startGraph>>) {
  const graph = createRecordingClient({ baseUrl: wire.baseUrl, credential }, { random: () => 0 });
  atEnd(() => graph.close());
  return createCareful(graph, media);
}

const busy: WireStep = { http: 503, headers: { "retry-after": "0.1" } };

test("before: a repeat of recording overtakes the end, and the people in the call are told a lie for good", async () => {
  const world = await startGraph(busy);
  const { client, media } = before(world);
  const bot = createCareless(client, media);
  await bot.begin("my-call");
  await expect.poll(() => world.wire.arrivals.length, { interval: 2, timeout: 5_000 }).toBe(1);
  await bot.end("my-call");
  await expect.poll(() => world.wire.arrivals.length, { interval: 5, timeout: 5_000 }).toBe(3);
  expect(world.told()).toEqual(["recording while recording", "notRecording while silent", "recording while silent"]);
});

test("before: an operation that failed is taken for success, and the bot records", async () => {
  const world = await startGraph({ operation: "failed" });
  const { client, media } = before(world);
  const answer = await client.api("/communications/calls/my-call/updateRecordingStatus").post({ status: "recording" });
  expect(answer).toMatchObject({ status: "failed" });
  const said = vi.spyOn(console, "error").mockImplementation(() => {});
  await createCareless(client, media).begin("my-call");
  expect([world.isRunning(), said.mock.calls]).toEqual([true, []]);
  said.mockRestore();
  await expect.poll(() => world.wire.arrivals.length, { interval: 5, timeout: 5_000 }).toBe(2);
});

test("after: the end never overtakes the start, and each report comes when it is true", async () => {
  const world = await startGraph(busy);
  const bot = after(world);
  await bot.begin("my-call");
  expect(world.isRunning()).toBe(true);
  await bot.end("my-call");
  expect(world.told()).toEqual(["recording while silent", "recording while silent", "notRecording while silent"]);
});

test("after: an operation that failed records nothing", async () => {
  const world = await startGraph({ operation: "failed" });
  await expect(after(world).begin("my-call")).rejects.toMatchObject({ code: "OPERATION_FAILED" });
  expect([world.isRunning(), world.told()]).toEqual([false, ["recording while silent"]]);
});

test("after: an end that comes while the start is under way ends it, and nothing goes on recording", async () => {
  const world = await startGraph(busy);
  const bot = after(world);
  const begun = bot.begin("my-call");
  await expect.poll(() => world.wire.arrivals.length, { interval: 2, timeout: 5_000 }).toBe(1);
  await bot.end("my-call");
  await begun;
  expect([world.isRunning(), world.wire.statuses.at(-1)]).toEqual([false, "notRecording"]);
});

test("after: who begins twice is refused, and the one that records can still be ended", async () => {
  const world = await startGraph();
  const bot = after(world);
  await bot.begin("my-call");
  await expect(bot.begin("my-call")).rejects.toMatchObject({ code: "RECORDING_ACTIVE" });
  await bot.end("my-call");
  expect([world.isRunning(), world.wire.statuses]).toEqual([false, ["recording", "notRecording"]]);
});
