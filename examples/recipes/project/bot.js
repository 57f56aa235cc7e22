// The bot of these tests.
async function* transcribe() {
  yield "line 1";
  yield "line 2";
}

/** Records what is said into the sink. */
export async function recordCall(graph, callId, sink) {
  await graph.withRecording(callId, (permit) => permit.pipe(transcribe(), sink));
}
