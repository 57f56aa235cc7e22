// A recorder in another process, in any language. It reads one JSON object a line, and answers each with one:
//   {"do":"start","callId":"…"}  →  {"did":"started"}  from here on it persists
//   {"do":"stop"}                →  {"did":"stopped"}  its file is closed, and it persists nothing more
// When its input ends it stops at once: whoever started it is gone.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Recorder, Recording, RecordingClient, RecordingOptions } from "teams-recording-status";

/** The other process, as this one sees it. */
export type Peer = {
  readonly input: Writable;
  readonly output: Readable;
  /** Resolves when it is gone. Never rejects. */
  readonly gone: Promise<Error>;
  /** Ends it, whatever it is doing. */
  readonly cut: () => unknown;
};

/** Starts the process, one for each recording. */
export async function spawnPeer(program: string, args: readonly string[] = []): Promise<Peer> {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  const exit = new Promise<Error>((resolve) => {
    child.once("exit", (code, signal) => resolve(new Error(`The recorder's process has ended: ${signal ?? `code ${code}`}.`)));
  });
  child.on("error", () => {}); // one that cannot be killed
  await once(child, "spawn"); // rejects where it cannot be started
  return { input: child.stdin, output: child.stdout, gone: exit, cut: () => child.kill("SIGKILL") };
}

/** The same with a process that is there already, over a local socket or a named pipe, one connection for each recording. */
export async function connectPeer(path: string): Promise<Peer> {
  const socket = connect(path);
  await once(socket, "connect");
  const gone = new Promise<Error>((resolve) => {
    socket.once("close", () => resolve(new Error("The connection to the recorder has ended.")));
  });
  return { input: socket, output: socket, gone, cut: () => socket.destroy() };
}

/** Starts a recording whose media a peer persists. When the peer is gone before it was told to stop, the recording ends as `failed`. */
export async function recordByPeer(
  graph: RecordingClient,
  callId: string,
  peer: Peer,
  options: Omit<RecordingOptions, "recorder"> = {},
): Promise<Recording> {
  try {
    const recording = await graph.startRecording(callId, { ...options, recorder: recorderOf(peer) });
    peer.gone.then(async (error) => {
      if (recording.state === "recording") await recording.fail(error).catch(() => {}); // `ended` tells
    });
    recording.ended.then(() => peer.input.end());
    return recording;
  } catch (error) {
    peer.cut(); // nobody will tell it anything any more
    throw error;
  }
}

function recorderOf({ input, output, gone, cut }: Peer): Recorder {
  let expected: { did: string; told: () => void } | undefined;
  input.on("error", () => {}); // `gone` tells
  output.on("error", () => {});
  createInterface(output).on("line", (line) => {
    if (expected !== undefined && readDid(line) === expected.did) expected.told();
    else console.error(`From the recorder, no answer: ${line.slice(0, 200)}`);
  });
  // What it said last is read before its end counts.
  const silent = new Promise<void>((resolve) => (output.closed ? resolve() : output.once("close", resolve))).then(() => gone);
  const ask = async (message: { do: string; callId?: string }, did: string) => {
    const answer = Promise.withResolvers<void>();
    expected = { did, told: answer.resolve };
    input.write(`${JSON.stringify(message)}\n`);
    const end = await Promise.race([answer.promise, silent]);
    if (end !== undefined) throw end;
  };
  return {
    start: ({ callId }) => ask({ do: "start", callId }, "started"),
    stop: async ({ signal }) => {
      signal.addEventListener("abort", cut); // its time is over, and it must not persist behind the report
      if (signal.aborted) cut();
      await ask({ do: "stop" }, "stopped");
    },
  };
}

function readDid(line: string): unknown {
  try {
    return (JSON.parse(line) as { did?: unknown } | null)?.did;
  } catch {
    return undefined;
  }
}
