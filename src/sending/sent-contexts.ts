import { callKey } from "../model/call-id.ts";
import { Recent } from "../util/recent.ts";

/** How many contexts are remembered at least. A report that takes an older one again cannot be told from that one's. */
const rememberedContexts = 10_000;

/**
 * The contexts that reports were sent with. One that any earlier report of the call was sent with tells nothing of a later one: a notification
 * with it may be a late one of the earlier, whatever became of that.
 */
export function createSentContexts() {
  const sent = new Recent(rememberedContexts);
  return {
    /** Whether no report of the call was sent with it before. Remembers it. */
    isNew(callId: string, context: string | undefined): boolean {
      if (context === undefined) return true;
      const key = `${callKey(callId)} ${context}`;
      if (sent.has(key)) return false;
      sent.add(key);
      return true;
    },
  };
}
