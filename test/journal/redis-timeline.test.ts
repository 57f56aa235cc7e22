// The trail of a call, and the options of a journal.
import { createClient, createClientPool, createCluster, createSentinel, RESP_TYPES } from "redis";
import { describe, expect, test } from "vitest";
import type { AttemptRecord } from "../../src/model/attempt-record.ts";
import { createRedisJournal } from "../../src/redis/index.ts";
import { createHandClock } from "../support/redis-clock.ts";
import { hasRedis } from "../support/redis-server.ts";
import { call, claimMs, recordingOf, refused, stopped, useRedis } from "./redis-world.ts";

const attempt = (more: Partial<AttemptRecord> = {}) =>
  ({ kind: "report", callId: call, status: "recording", httpStatus: 200, outcome: "completed", attempt: 1, ...more }) as AttemptRecord;

describe.skipIf(!hasRedis)("timeline", () => {
  const redis = useRedis();
  const trailKey = `{teams-recording-status}:trail:${call.replaceAll("-", "")}`;
  /** Lines without their times, which are Redis's own. */
  const told = (lines: readonly string[]) => lines.map((line) => line.replace(/^\d{4}-\d\d-\d\dT[\d:.]+Z {2}/, ""));

  test.each([2, 3] as const)("RESP%i: what happened to a call, in its order, under each spelling of its id", async (resp) => {
    const { journal } = await redis.instance({ resp });
    const entry = recordingOf();
    await journal.opened(entry);
    await journal.attempt(attempt());
    await journal.attempt(
      attempt({ callId: call.toUpperCase().replaceAll("-", ""), status: undefined, httpStatus: undefined, outcome: "NETWORK" }),
    );
    await journal.opened(recordingOf("another call"));
    await journal.closed(entry.id, { ...stopped, error: new Error("The file is full.") });
    const lines = await journal.timeline(call.toUpperCase());
    expect(told(lines)).toEqual([
      'journal   opened: "recording" is about to be reported (one)',
      'to Graph  report "recording": answered 200, completed (one)',
      "to Graph  poll: no answer, NETWORK (one)",
      'journal   closed: stopped, reported "notRecording"; The file is full. (one)',
    ]);
    const times = lines.map((line) => Date.parse(line.slice(0, 24)));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(Math.abs(Date.now() - Number(times[0]))).toBeLessThan(5_000);
  });

  test("what became of what was left behind", async () => {
    const clock = createHandClock();
    const { journal } = await redis.instance({ runtime: clock });
    const [older, newer] = [recordingOf(), recordingOf()];
    await journal.opened(older);
    await journal.released(older.id);
    await journal.opened(newer);
    await journal.closed(newer.id, refused);
    clock.advance(claimMs);
    await journal.claimOrphans();
    expect(told(await journal.timeline(call)).map((line) => line.replace(/^journal {3}(.*) \(one\)$/, "$1"))).toEqual([
      'opened: "recording" is about to be reported',
      "given up: its end could not be reported, recoverRecordings takes it from here",
      "replaced by a newer recording of the call",
      'opened: "recording" is about to be reported',
      "closed: startFailed, nothing was left to report; Graph said no.",
      "open again: the newer recording was refused",
      "claimed: whoever opened it left its end unreported",
    ]);
    expect(await journal.timeline("a call that nobody recorded")).toEqual([]);
  });

  test("it is bounded in length and in time", async () => {
    const { journal } = await redis.instance();
    await Promise.all(Array.from({ length: 1_500 }, (_, at) => journal.attempt(attempt({ attempt: at }))));
    const { length } = await journal.timeline(call);
    expect([length >= 1_000, length < 1_200]).toEqual([true, true]);
    const keptMs = await redis.admin.pTTL(trailKey);
    expect([keptMs > 29.9 * 86_400_000, keptMs <= 30 * 86_400_000]).toEqual([true, true]);
  });

  test("an event that cannot be read is a line of its own", async () => {
    const { journal } = await redis.instance();
    for (const event of ["{", "7", '{"type":"later"}']) await redis.admin.xAdd(trailKey, "*", { event });
    await journal.attempt(attempt());
    const unreadable = "journal   (an event that cannot be read)";
    expect(told(await journal.timeline(call)).slice(0, 3)).toEqual([unreadable, unreadable, unreadable]);
  });

  test("a client that gives Buffers where others give texts", async () => {
    const client = createClient({
      commandOptions: { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } },
      socket: { path: redis.server.path, tls: false },
    });
    await client.connect();
    const journal = createRedisJournal({ client, instanceId: "one" });
    await journal.opened(recordingOf());
    expect(told(await journal.timeline(call))).toEqual(['journal   opened: "recording" is about to be reported (one)']);
    await journal.close();
    client.destroy();
  });

  test.each([undefined, "", 7])("a call's id that is none is bad input: %j", async (callId) => {
    const { journal } = await redis.instance();
    await expect(journal.timeline(callId as string)).rejects.toMatchObject({
      code: "BAD_INPUT",
      message: expect.stringContaining("callId"),
    });
  });
});

describe("options", () => {
  const client = createClient();
  const good = { client, instanceId: "one" };

  test("nothing is sent, no timer is set, and the client may connect later", async () => {
    const clock = createHandClock();
    const journal = createRedisJournal({ ...good, leaseMs: 3_600_000 }, clock);
    expect([client.isOpen, clock.pending]).toEqual([false, 0]);
    await journal.close();
  });

  test.each([
    ["the options must be an object", undefined],
    ["client must be a client of the package redis, as its createClient makes it; nothing was given.", { instanceId: "one" }],
    ["a Promise was given: await it first.", { ...good, client: Promise.resolve(client) }],
    ["client must be a client of the package redis", { ...good, client: "redis://localhost" }],
    ["client must be a client of the package redis", { ...good, client: createClientPool() }],
    ["that of a cluster or a sentinel is not supported.", { ...good, client: createCluster({ rootNodes: [{}] }) }],
    [
      "that of a cluster or a sentinel is not supported.",
      { ...good, client: createSentinel({ name: "n", sentinelRootNodes: [{ host: "h", port: 1 }] }) },
    ],
    ["instanceId must be a non-empty string; nothing was given.", { client }],
    ["instanceId must be a non-empty string; an empty one was given.", { ...good, instanceId: " " }],
    ["instanceId must have at most 200 characters; 201 were given.", { ...good, instanceId: "x".repeat(201) }],
    ["leaseMs must be a whole number of milliseconds from 100 to 3600000; 99 was given.", { ...good, leaseMs: 99 }],
    ["leaseMs must be a whole number", { ...good, leaseMs: 3_600_001 }],
    ["leaseMs must be a whole number", { ...good, leaseMs: 100.5 }],
    ["leaseMs must be a whole number", { ...good, leaseMs: "60000" }],
    ['unknown option "leaseMS"; did you mean leaseMs?', { ...good, leaseMS: 1_000 }],
  ])("%s", (message, options) => {
    expect(() => createRedisJournal(options as never)).toThrow(
      expect.objectContaining({ code: "BAD_INPUT", message: expect.stringContaining(message) }),
    );
  });

  test("a second argument that is no runtime is refused", () => {
    expect(() => createRedisJournal(good, { leaseMs: 1_000 } as never)).toThrow(/second argument is for tests/);
  });
});
