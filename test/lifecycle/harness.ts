import {
  createRecordingClient,
  type Recorder,
  type Recording,
  type RecordingClientOptions,
  type RecordingOptions,
} from "teams-recording-status";
import { createFakeGraph } from "teams-recording-status/testing";
import { outcome } from "../support/outcome.ts";

export const callId = "57dab8b1-894c-409a-b240-bd8beae78896";

type Hooks = {
  readonly start?: (context: Parameters<Recorder["start"]>[0]) => unknown;
  readonly stop?: (context: Parameters<Recorder["stop"]>[0]) => unknown;
};

/** A client on a fake Graph, with a recorder that notes what it does. */
export function createHarness(options: Partial<RecordingClientOptions> = {}) {
  const fake = createFakeGraph();
  const { clock } = fake;
  fake.addCall(callId);
  const graph = createRecordingClient(
    { baseUrl: fake.baseUrl, credential: fake.credential, fetch: fake.fetch, ...options } as RecordingClientOptions,
    clock,
  );
  const stops: string[] = [];
  const recorder = ({ start, stop }: Hooks = {}): Recorder => ({
    start: async (context) => {
      fake.note({ type: "recorderStart", callId: context.callId });
      await start?.(context);
    },
    stop: async (context) => {
      stops.push(context.reason);
      fake.note({ type: "recorderStop", callId: context.callId });
      await stop?.(context);
      fake.note({ type: "recorderStopped", callId: context.callId });
    },
  });
  const begin = (more: Partial<RecordingOptions> & { hooks?: Hooks } = {}) => {
    const { hooks, ...rest } = more;
    return outcome(graph.startRecording(callId, { recorder: recorder(hooks), ...rest }));
  };
  /** A live recording. */
  const live = async (more: Parameters<typeof begin>[0] = {}): Promise<Recording> => {
    const started = begin(more);
    await clock.advance(0);
    if (started.value === undefined) throw started.error ?? new Error("The recording did not start.");
    return started.value;
  };
  /** The statuses that arrived, in their order. */
  const reports = () => fake.history.flatMap((event) => (event.type === "report" ? [event.status] : []));
  /** Reports and recorder steps, in their order. */
  const steps = () =>
    fake.history.flatMap((event) =>
      event.type === "report" ? [event.status] : event.type === "answer" || event.type === "callGone" ? [] : [event.type],
    );
  return { fake, clock, graph, recorder, begin, live, stops, reports, steps };
}

export { outcome };
