// Spans of OpenTelemetry: one for each recording, and under it one for each request to Graph.
import { type Context, context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { AttemptRecord, RecordingBody, RecordingClient } from "teams-recording-status";

const tracer = trace.getTracer("recording-bot");
const parents = new Map<string, Context>();

/** Pass it to createRecordingClient as `onAttempt`. */
export function traceAttempt(record: AttemptRecord): void {
  const { kind, callId, status, attempt, httpStatus, commsCode, outcome, waitMs, clientRequestId, requestId, startedAt, endedAt } = record;
  const attributes = {
    "call.id": callId,
    "recording.status": status,
    "recording.outcome": outcome,
    "graph.attempt": attempt,
    "graph.wait_ms": waitMs,
    "graph.comms_code": commsCode,
    "graph.client_request_id": clientRequestId,
    "graph.request_id": requestId,
    "http.response.status_code": httpStatus,
  };
  // The parent is looked up, not taken from what happens to be active: a closing report may be set off by another call's code, or by a signal.
  const parent = parents.get(callId) ?? ROOT_CONTEXT;
  const span = tracer.startSpan(`graph ${kind}`, { kind: SpanKind.CLIENT, startTime: startedAt, attributes }, parent);
  if (isCode(outcome)) span.setStatus({ code: SpanStatusCode.ERROR, message: outcome });
  span.end(endedAt);
}

/** `withRecording` in a span of its own, which ends when the end of the recording was reported. */
export async function tracedRecording<T>(graph: RecordingClient, callId: string, body: RecordingBody<T>): Promise<T> {
  return tracer.startActiveSpan("recording", { attributes: { "call.id": callId } }, async (span) => {
    parents.set(callId, trace.setSpan(context.active(), span));
    try {
      return await graph.withRecording(callId, body);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: String((error as { code?: unknown }).code ?? "the bot's own") });
      throw error;
    } finally {
      parents.delete(callId);
      span.end();
    }
  });
}

/** The outcome of a request that failed is the code of its error, in capitals; else the status of the operation. */
function isCode(outcome: string): boolean {
  return outcome === outcome.toUpperCase();
}
