// The code of docs/crashes.md, "More than one instance", as it is: two instances on a real Redis.
import { createFakeGraph } from "teams-recording-status/testing";
import { expect, onTestFinished, test } from "vitest";
import { openInstance } from "../../examples/shared-journal.ts";
import { hasRedis, startRedis } from "../support/redis-server.ts";
import { callId } from "./world.ts";

const recorder = { start: () => {}, stop: () => {} };

test.skipIf(!hasRedis)("a call is recorded by one instance at a time", async () => {
  const redis = await startRedis();
  onTestFinished(() => redis.close());
  const fake = createFakeGraph();
  fake.addCall(callId);
  const { baseUrl, fetch } = fake;
  const token = (await fake.credential.getToken("any"))?.token ?? "";
  const credential = { getToken: async () => ({ token, expiresOnTimestamp: Date.UTC(2100, 0, 1) }) };
  const url = `unix://${redis.path}`;
  const [one, two] = await Promise.all(["one", "two"].map((id) => openInstance({ baseUrl, fetch, credential }, url, id)));
  if (one === undefined || two === undefined) throw new Error("There are no instances.");
  const recording = await one.graph.startRecording(callId, { recorder });
  await expect(two.graph.startRecording(callId, { recorder })).rejects.toMatchObject({
    code: "JOURNAL",
    message: expect.stringContaining('is recorded by instance "one"'),
  });
  await recording.stop();
  const next = await two.graph.startRecording(callId, { recorder });
  expect([next.state, (await one.journal.timeline(callId)).filter((line) => line.includes("opened")).length]).toEqual(["recording", 2]);
  await Promise.all([one.close(), two.close()]);
  expect((await next.ended).reported).toBe("notRecording");
});
