// Persists before Graph has said anything.
export async function recordCall(graph, callId, sink) {
  await sink.write("line 1");
  await graph.withRecording(callId, () => {});
}
