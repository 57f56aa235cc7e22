// `node bench/assert-recording.ts`: what the permit costs a media frame, and a gate a chunk, beside doing nothing. Ratios within one run: the
// nanoseconds depend on the machine. Nothing is asserted.
import { createRecordingClient, type Recording } from "../src/index.ts";
import { createFakeGraph } from "../src/testing/index.ts";
import { median } from "./figures.ts";

const callsPerRound = 2_000_000;
const chunksPerRound = 20_000;
const rounds = 9;

/** A live recording on a Graph in memory. */
async function startLive(): Promise<Recording> {
  const { baseUrl, credential, fetch, clock, addCall } = createFakeGraph();
  addCall("call");
  const graph = createRecordingClient({ baseUrl, credential, fetch }, clock);
  return graph.startRecording("call", { recorder: { start: () => {}, stop: () => {} } });
}

/** Nanoseconds for one call of the frame's work. Each work has a loop of its own, so that none is compiled for the other's sake. */
function timeCalls(work: string): (target: Frame) => number {
  const loop = new Function("target", "count", `for (let i = 0; i < count; i++) target.${work}();`) as (
    target: Frame,
    count: number,
  ) => void;
  return (target) => {
    const began = performance.now();
    loop(target, callsPerRound);
    return ((performance.now() - began) * 1e6) / callsPerRound;
  };
}

type Frame = { readonly nothing: () => void; readonly assertRecording: () => void };

/** Nanoseconds for one chunk through a pair of streams. */
async function timeChunks(pair: ReadableWritablePair<number, number>): Promise<number> {
  let given = 0;
  const source = new ReadableStream<number>(
    { pull: (controller) => (given < chunksPerRound ? controller.enqueue(given++) : controller.close()) },
    { highWaterMark: 0 },
  );
  const began = performance.now();
  await source.pipeThrough(pair).pipeTo(new WritableStream());
  return ((performance.now() - began) * 1e6) / chunksPerRound;
}

function tell(what: string, measured: number, base: string, reference: number): void {
  const ratio = (measured / reference).toFixed(1);
  console.log(`${what.padEnd(18)} ${measured.toFixed(1).padStart(8)} ns   ${ratio} × ${base} (${reference.toFixed(1)} ns)`);
}

const recording = await startLive();
const frame: Frame = { nothing: () => {}, assertRecording: () => recording.assertRecording() };
const [timeNothing, timeAssert] = [timeCalls("nothing"), timeCalls("assertRecording")];
const calls = { nothing: [] as number[], permit: [] as number[] };
const chunks = { plain: [] as number[], gate: [] as number[] };

for (let round = 0; round < rounds; round++) {
  calls.nothing.push(timeNothing(frame));
  calls.permit.push(timeAssert(frame));
  chunks.plain.push(await timeChunks(new TransformStream<number, number>()));
  chunks.gate.push(await timeChunks(recording.gate<number>()));
}

tell("assertRecording()", median(calls.permit), "an empty function", median(calls.nothing));
tell("gate, per chunk", median(chunks.gate), "a TransformStream", median(chunks.plain));
console.log(`medians of ${rounds} rounds, Node ${process.version}`);
await recording.stop();
