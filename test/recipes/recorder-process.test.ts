// A recorder in another process: judged by what stood on the disk when a report arrived, and what was written after it.
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createRecordingClient } from "teams-recording-status";
import { expect, test, vi } from "vitest";
import { connectPeer, recordByPeer, spawnPeer } from "../../examples/recipes/recorder-process.ts";
import { atEnd, temporaryFolder, withCleanup } from "./cleanup.ts";
import { credential, startWire, type WireStep } from "./wire.ts";

const python = fileURLToPath(new URL("../../examples/recipes/recorder.py", import.meta.url));
const node = fileURLToPath(new URL("recorder-child.mjs", import.meta.url));
const hasPython = spawnSync("python3", ["--version"]).status === 0;
if (!hasPython) console.log("There is no python3: the recorder in another language is one in JavaScript here.");

const end = "end of the recording\n";
const short = 300;

/** Faults that the time-outs have to bound. */
const isDeafAtStop = new Set(["deaf", "hangs", "lies"]);

withCleanup();

/** A bot whose recorder is a process of its own, and what the world looks like from outside. */
async function startBot(fault: string, ...steps: WireStep[]) {
  const file = join(temporaryFolder(), "media.txt");
  const onDisk = () => (existsSync(file) ? readFileSync(file, "utf8") : undefined);
  const wire = await startWire(onDisk, ...steps);
  const graph = createRecordingClient({ baseUrl: wire.baseUrl, credential });
  const inPython = fault === "none" && hasPython;
  const peer = inPython ? await spawnPeer("python3", [python, file]) : await spawnPeer(process.execPath, [node, file, fault]);
  const said = vi.spyOn(console, "error").mockImplementation(() => {});
  atEnd(async () => {
    said.mockRestore();
    await graph.close();
    peer.cut();
    await peer.gone;
    await wire.close();
  });
  const limits = { ...(fault === "deaf" && { startTimeoutMs: short }), ...(isDeafAtStop.has(fault) && { stopTimeoutMs: short }) };
  const start = () => recordByPeer(graph, "my-call", peer, limits);
  /** So that there is something to lose. */
  const hasFrames = () => expect.poll(() => onDisk()?.includes("frame 3\n"), { interval: 5, timeout: 5_000 }).toBe(true);
  return { wire, graph, peer, onDisk, start, hasFrames, said };
}

test("it starts after Graph has confirmed, and its file is closed before the end is reported", async () => {
  const { wire, peer, onDisk, start, hasFrames } = await startBot("none");
  const recording = await start();
  await hasFrames();
  expect(await recording.stop()).toMatchObject({ reason: "stopped", reported: "notRecording", error: undefined });
  await peer.gone;
  expect(wire.statuses).toEqual(["recording", "notRecording"]);
  const [before, after] = wire.arrivals.map(({ seen }) => seen);
  expect(before).toBeUndefined();
  expect([after?.endsWith(end), after]).toEqual([true, onDisk()]);
});

test("when its input ends it stops by itself, and closes its file: whoever started it is gone", async () => {
  const { wire, peer, onDisk, start, hasFrames } = await startBot("none");
  const recording = await start();
  await hasFrames();
  peer.input.destroy();
  expect(await recording.ended).toMatchObject({ reason: "failed", reported: "failed" });
  expect([onDisk()?.endsWith(end), wire.arrivals[1]?.seen]).toEqual([true, onDisk()]);
});

test.runIf(hasPython)("signals that a terminal sends to the bot's whole group do not end it: the bot says when to stop", async () => {
  const { wire, graph } = await startBot("none");
  const file = join(temporaryFolder(), "media.txt");
  const pidFile = `${file}.pid`;
  const peer = await spawnPeer("sh", ["-c", 'echo $$ > "$1.pid"; exec python3 "$0" "$1"', python, file]);
  atEnd(() => peer.cut());
  const recording = await recordByPeer(graph, "my-call", peer);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.kill(Number(readFileSync(pidFile, "utf8")), signal);
  const before = readFileSync(file, "utf8").length;
  await expect.poll(() => readFileSync(file, "utf8").length, { interval: 5, timeout: 5_000 }).toBeGreaterThan(before);
  expect(await recording.stop()).toMatchObject({ reason: "stopped", reported: "notRecording" });
  expect(wire.statuses).toEqual(["recording", "notRecording"]);
});

test.runIf(hasPython)("a recorder that cannot write any more ends the recording as failed: nobody is told that it goes on", async () => {
  const { wire, graph } = await startBot("none");
  const file = join(temporaryFolder(), "small.txt");
  // The disk is full after the first block.
  const peer = await spawnPeer("sh", ["-c", 'ulimit -f 1; exec python3 "$@" 2>/dev/null', "sh", python, file]);
  atEnd(() => peer.cut());
  const recording = await recordByPeer(graph, "my-call", peer);
  await expect.poll(() => recording.state, { interval: 5, timeout: 8_000 }).toBe("ended");
  expect(await recording.ended).toMatchObject({ reason: "failed", reported: "failed" });
  expect(wire.statuses).toEqual(["recording", "failed"]);
});

test("what Graph refuses is not recorded, and the process ends", async () => {
  const { wire, peer, onDisk, start } = await startBot("garbage", { http: 403 });
  await expect(start()).rejects.toMatchObject({ code: "HTTP", status: 403 });
  await peer.gone;
  expect([wire.statuses, onDisk()]).toEqual([["recording"], undefined]);
});

test("a process that is killed in the middle ends the recording as failed, at once", async () => {
  const { wire, peer, onDisk, start, hasFrames } = await startBot("garbage");
  const recording = await start();
  await hasFrames();
  peer.cut();
  const outcome = await recording.ended;
  expect(outcome).toMatchObject({ reason: "failed", reported: "failed" });
  expect(outcome.error).toMatchObject({ message: "The recorder's process has ended: SIGKILL." });
  expect(wire.statuses).toEqual(["recording", "failed"]);
  expect(wire.arrivals[1]?.seen).toBe(onDisk());
});

test("a process that exits on its own ends the recording as failed, whatever its exit code", async () => {
  const { wire, start } = await startBot("exits");
  const { reason, reported, error } = await (await start()).ended;
  expect([reason, reported, wire.statuses]).toEqual(["failed", "failed", ["recording", "failed"]]);
  expect(error).toMatchObject({ message: "The recorder's process has ended: code 0." });
});

test("a process that stops late is waited for: nothing is written behind the report", async () => {
  const { wire, peer, onDisk, start, hasFrames } = await startBot("late");
  const recording = await start();
  await hasFrames();
  expect(await recording.stop()).toMatchObject({ reported: "notRecording" });
  expect([wire.arrivals[1]?.seen?.endsWith(end), wire.arrivals[1]?.seen]).toEqual([true, onDisk()]);
  await peer.gone;
});

test("what it says besides is no answer, and does no harm", async () => {
  const { wire, start, hasFrames, said } = await startBot("garbage", { http: 503, headers: { "retry-after": "0.3" } });
  const recording = await start();
  await hasFrames();
  expect(await recording.stop()).toMatchObject({ reported: "notRecording" });
  expect(wire.arrivals[2]?.seen).toContain(end);
  const lines = ["a library that greets", "warning: {]", "", "[1]", "null", "{}", "closing …"];
  expect(said.mock.calls).toEqual(lines.map((line) => [`From the recorder, no answer: ${line}`]));
});

test("that it has stopped counts only after it was told to", async () => {
  const { wire, start, hasFrames } = await startBot("early");
  const recording = await start();
  await hasFrames();
  await recording.stop();
  expect(wire.arrivals[1]?.seen).toContain(end);
});

for (const fault of ["hangs", "lies"]) {
  test(`a process that ${fault} when it has to stop is killed after stopTimeoutMs, and the end is reported as failed`, async () => {
    const { wire, peer, onDisk, start, hasFrames } = await startBot(fault);
    const recording = await start();
    await hasFrames();
    await expect(recording.stop()).rejects.toMatchObject({ code: "RECORDER_FAILED" });
    expect(wire.statuses).toEqual(["recording", "failed"]);
    expect(String(await peer.gone)).toContain("SIGKILL");
    // A frame that it was writing at that instant may still come.
    const written = onDisk()?.slice(wire.arrivals[1]?.seen?.length) ?? "";
    expect(written.split("\n").length).toBeLessThanOrEqual(3);
  });
}

test("a process that dies while it stops has not stopped well", async () => {
  const { wire, start, hasFrames } = await startBot("dies");
  const recording = await start();
  await hasFrames();
  await expect(recording.stop()).rejects.toMatchObject({ code: "RECORDER_FAILED", cause: { message: expect.stringContaining("code 3") } });
  expect(wire.statuses).toEqual(["recording", "failed"]);
});

test("a process that dies while it starts has recorded nothing, and what was announced is taken back", async () => {
  const { wire, onDisk, start } = await startBot("breaks");
  await expect(start()).rejects.toMatchObject({ code: "SEVERAL_FAILURES", message: expect.stringContaining("code 4") });
  expect([wire.statuses, onDisk()]).toEqual([["recording", "failed"], undefined]);
});

test("a process that does not start in time is ended, and what was announced is taken back", async () => {
  const { wire, peer, onDisk, start } = await startBot("deaf");
  await expect(start()).rejects.toMatchObject({ code: "SEVERAL_FAILURES" });
  await peer.gone;
  expect([wire.statuses, onDisk()]).toEqual([["recording", "failed"], undefined]);
});

test("a program that is not there is told before anything is reported", async () => {
  await expect(spawnPeer("there-is-no-such-recorder")).rejects.toMatchObject({ code: "ENOENT" });
});

test("over a local socket, too: the loss of the connection ends the recording as failed", async () => {
  const path = process.platform === "win32" ? `\\\\.\\pipe\\recipe-${process.pid}` : join(temporaryFolder(), "recorder.sock");
  const asked: unknown[] = [];
  const server = createServer((socket) => {
    socket.on("data", (data) => {
      const message = JSON.parse(String(data)) as { do: string };
      asked.push(message);
      if (message.do === "stop" && asked.length > 2) socket.destroy();
      else socket.write(message.do === "start" ? '{"did":"started"}\n' : '{"did":"stopped"}\n');
    });
  }).listen(path);
  await once(server, "listening");
  atEnd(() => server.close());
  const wire = await startWire(() => asked.length);
  const graph = createRecordingClient({ baseUrl: wire.baseUrl, credential });
  atEnd(() => wire.close());
  atEnd(() => graph.close());
  await (await recordByPeer(graph, "my-call", await connectPeer(path))).stop();
  const lost = await recordByPeer(graph, "my-call", await connectPeer(path));
  await expect(lost.stop()).rejects.toMatchObject({ code: "RECORDER_FAILED" });
  expect(asked).toEqual([{ do: "start", callId: "my-call" }, { do: "stop" }, { do: "start", callId: "my-call" }, { do: "stop" }]);
  expect(wire.arrivals.map(({ status, seen }) => `${seen} ${status}`)).toEqual([
    "0 recording",
    "2 notRecording",
    "2 recording",
    "4 failed",
  ]);
});
