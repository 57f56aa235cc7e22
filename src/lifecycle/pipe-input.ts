import { BadInputError } from "../model/errors.ts";
import {
  isNodeWritable,
  isObject,
  isSource,
  isTransform,
  isWebWritable,
  type PipeSink,
  type PipeSource,
  type PipeTransform,
} from "./streams.ts";

/** The arguments of `pipe`, told apart. */
export type PipeInput = {
  readonly source: PipeSource<unknown>;
  readonly transforms: readonly PipeTransform[];
  readonly sink: PipeSink<unknown>;
};

/** Tells source, transforms and sink apart, and refuses what would lose a chunk later. @throws BAD_INPUT */
export function readPipeInput(stages: readonly unknown[], callId: string): PipeInput {
  const refuse = (problem: string) => new BadInputError(`pipe: ${problem}`, { callId });
  if (stages.length < 2) throw refuse("needs a source and a sink, for example pipe(source, file).");
  const source = stages[0];
  const transforms = stages.slice(1, -1);
  const sink = stages.at(-1);
  if (!isObject(source) || !isSource(source)) throw refuse("the source must be a ReadableStream or async iterable, as Node's Readable is.");
  for (const [index, transform] of transforms.entries()) {
    if (!isObject(transform) || !isTransform(transform))
      throw refuse(`argument ${index + 2} must be a transform: a TransformStream, or Node's Duplex, such as gzip or a cipher.`);
  }
  if (isObject(sink) && isTransform(sink)) {
    throw refuse(
      "the last argument has a readable side, so it is a transform and no sink: put the sink behind it. Wrap a socket in a sink of its own: new Writable({ write: (chunk, _, done) => socket.write(chunk, done), final: (done) => socket.end(done) }).",
    );
  }
  if (!isObject(sink) || !(isWebWritable(sink) || isNodeWritable(sink)))
    throw refuse("the sink must be a WritableStream or Node's Writable.");
  if (stages.some(isLocked)) throw refuse("a stream is locked: something else reads or writes it.");
  return { source: source as PipeSource<unknown>, transforms: transforms as PipeTransform[], sink: sink as PipeSink<unknown> };
}

function isLocked(stage: unknown): boolean {
  const { locked, readable, writable } = stage as { locked?: unknown; readable?: { locked?: unknown }; writable?: { locked?: unknown } };
  return locked === true || readable?.locked === true || writable?.locked === true;
}
