// Bots that break the terms of use, each in one way, and bots that keep them: small, and written as people write them. They are handed what
// README.md hands to a bot: a client, the call, a recorder and a sink.
import { isRecordingStatusError, type RecordingClient } from "teams-recording-status";
import type { FakeGraph, FakeRecorder, FakeSink } from "teams-recording-status/testing";

export type Given = {
  readonly graph: RecordingClient;
  readonly fake: FakeGraph;
  readonly callId: string;
  readonly recorder: FakeRecorder;
  readonly file: FakeSink<string>;
  /** Lets time of the fake's clock pass, as a bot that speaks and listens does. */
  readonly pass: (ms: number) => Promise<void>;
};
export type Bot = (given: Given) => Promise<unknown>;

const recording = { status: "recording" } as const;
const notRecording = { status: "notRecording" } as const;

/** What a bot without the library sends. */
export async function sendRaw({ fake, callId }: Given, status: string): Promise<Response> {
  const token = (await fake.credential.getToken("scope"))?.token;
  return fake.fetch(`${fake.baseUrl}/communications/calls/${callId}/updateRecordingStatus`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ status }),
  });
}

export const recordsBeforeReporting: Bot = async ({ graph, callId, file }) => {
  await file.write("line 1");
  await graph.updateRecordingStatus(callId, recording);
  await graph.updateRecordingStatus(callId, notRecording);
};

export const reportsUnawaited: Bot = async ({ graph, callId, file }) => {
  const reporting = graph.updateRecordingStatus(callId, recording);
  await file.write("line 1");
  await reporting;
  await graph.updateRecordingStatus(callId, notRecording);
};

export const recordsAfter403: Bot = async (given) => {
  await sendRaw(given, "recording");
  await given.file.write("line 1");
};

export const recordsWhileRunning: Bot = async (given) => {
  // "Any 2xx is success."
  const response = await sendRaw(given, "recording");
  if (response.ok) await given.file.write("line 1");
  await sendRaw(given, "notRecording");
};

export const recordsAfterFailedOperation: Bot = async ({ graph, callId, file }) => {
  await graph.updateRecordingStatus(callId, recording).catch((error) => {
    if (!isRecordingStatusError(error) || error.code !== "OPERATION_FAILED") throw error;
  });
  await file.write("line 1");
};

export const ignoresErrors: Bot = async ({ graph, callId, recorder, file }) => {
  await graph.startRecording(callId, { recorder }).catch(() => {});
  await file.write("line 1");
};

export const reportsBeforeTheFileIsClosed: Bot = async ({ graph, callId, file }) => {
  await graph.updateRecordingStatus(callId, recording);
  const writer = file.getWriter();
  await writer.write("line 1");
  await graph.updateRecordingStatus(callId, notRecording);
  await writer.close();
};

export const writesAfterNotRecording: Bot = async ({ graph, callId, recorder, file }) => {
  const live = await graph.startRecording(callId, { recorder });
  await file.write("line 1");
  await live.stop();
  await file.write("line 2");
};

export const writesAfterFailed: Bot = async ({ graph, callId, recorder, file }) => {
  const live = await graph.startRecording(callId, { recorder });
  await file.write("line 1");
  await live.fail(new Error("the transcriber broke")).catch(() => {});
  await file.write("line 2");
};

export const writesAfterTheCallEnded: Bot = async ({ graph, fake, callId, file }) => {
  await graph.updateRecordingStatus(callId, recording);
  await file.write("line 1");
  fake.endCall(callId);
  // A heartbeat of the status: 404 with 8522, logged and forgotten.
  await graph.updateRecordingStatus(callId, recording).catch(() => {});
  await file.write("line 2");
};

export const neverReportsTheEnd: Bot = async ({ graph, callId, file }) => {
  await graph.updateRecordingStatus(callId, recording);
  await file.write("line 1");
  await file.close();
};

export const writesTheTailAfterTheStop: Bot = async ({ graph, callId, file, pass }) => {
  const transcript: string[] = [];
  await graph.withRecording(callId, {}, async () => {
    transcript.push("line 1", "line 2");
    await pass(100);
  });
  for (const line of transcript) await file.write(line);
};

export const goesOnAfterAStop: Bot = async ({ graph, callId, recorder, file }) => {
  const live = await graph.startRecording(callId, { recorder });
  await file.write("line 1");
  await live.stop();
  // "On again": the recorder, without Graph.
  await recorder.start();
  await file.write("line 2");
  await recorder.stop();
};

export const recordsWhileTheSecondIsPending: Bot = async (given) => {
  const { graph, callId, file, pass } = given;
  await graph.updateRecordingStatus(callId, recording);
  await file.write("line 1");
  await graph.updateRecordingStatus(callId, notRecording);
  given.fake.script({ callId, operation: "running", becomes: "completed", becomesAfterMs: 2_000 });
  const second = await graph.updateRecordingStatus(callId, recording);
  await file.write("line 2");
  await pass(3_000);
  await graph.waitForOperation(callId, second);
  await graph.updateRecordingStatus(callId, notRecording);
};

/** With the permit of one call into the file of the other. */
export const mixesCallsUp: Bot = async ({ graph, fake, callId }) => {
  fake.addCall("other-call");
  const other = fake.sink<string>("other-call");
  await graph.withRecording(callId, {}, async (permit) => {
    permit.assertRecording();
    await other.write("line 1");
  });
};

const lines = (...texts: string[]) =>
  new ReadableStream<string>({
    start(controller) {
      for (const text of texts) controller.enqueue(text);
      controller.close();
    },
  });

export const pipes: Bot = ({ graph, callId, file }) =>
  graph.withRecording(callId, {}, async (permit) => {
    await permit.pipe(lines("line 1", "line 2"), file);
  });

export const writesSingly: Bot = ({ graph, callId, recorder, file, pass }) =>
  graph.withRecording(callId, { recorder }, async (permit) => {
    for (const line of ["line 1", "line 2"]) {
      permit.assertRecording();
      await file.write(line);
      await pass(50);
    }
  });

export const startsAndStops: Bot = async ({ graph, callId, recorder, file }) => {
  const live = await graph.startRecording(callId, { recorder });
  live.assertRecording();
  await file.write("line 1");
  await live.stop();
};

export const keepsTheOrderByHand: Bot = async ({ graph, callId, recorder, file }) => {
  const operation = await graph.updateRecordingStatus(callId, recording);
  if (operation.status !== "completed") await graph.waitForOperation(callId, operation);
  await recorder.start();
  const writer = file.getWriter();
  await writer.write("line 1");
  await writer.close();
  await recorder.stop();
  await graph.updateRecordingStatus(callId, notRecording);
};

export const keepsTheOrderRaw: Bot = async (given) => {
  const answer = await sendRaw(given, "recording");
  const { status } = (await answer.json()) as { status: string };
  if (!answer.ok || status !== "completed") return;
  await given.file.write("line 1");
  await given.file.close();
  await sendRaw(given, "notRecording");
};

export const recordsTwice: Bot = async (given) => {
  await startsAndStops(given);
  await startsAndStops(given);
};
