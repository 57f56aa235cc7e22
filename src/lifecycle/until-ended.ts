import { withEffect } from "../model/effect.ts";
import { OutcomeUnknownError } from "../model/errors.ts";
import type { RecordingOutcome } from "../model/outcome.ts";

/**
 * How a recording ended. The promise itself never rejects: where waiting for it throws, the runtime has dropped it with the request that made it
 * (workerd: "This promise was created by a request that has since ended"), and nothing of that recording can be waited for any more.
 */
export async function untilEnded(ended: Promise<RecordingOutcome>, callId: string): Promise<RecordingOutcome> {
  try {
    return await ended;
  } catch (cause) {
    const message = "The recording was started in a request that is over, and this runtime lets nothing of it settle in another one.";
    const hint = "End a recording in the request that started it, or keep it in an object that lives longer, such as a Durable Object.";
    throw withEffect(new OutcomeUnknownError(message, { callId, cause, hint }), true);
  }
}
