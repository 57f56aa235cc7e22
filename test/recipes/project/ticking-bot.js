// Waits on its way as packages from npm do: by the global process.nextTick, queueMicrotask and setImmediate.
export async function recordCall(graph, callId, sink) {
  await graph.withRecording(callId, async (permit) => {
    await new Promise((resolve) => process.nextTick(resolve));
    await new Promise((resolve) => queueMicrotask(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    await permit.persist(() => sink.write("line 1"));
  });
}
