import { permissions } from "../wire.ts";

/** "Call not found.": it is over, or was never established. */
const callNotFound = 8522;

/** Whether an error says that the call is gone: any other 404 does not. */
export function callIsGone(error: unknown): boolean {
  return (error as { commsCode?: unknown } | null | undefined)?.commsCode === callNotFound;
}

/** What a communications code means, and what to do. */
export type CommsCode = {
  /** What happened, in one sentence. */
  readonly meaning: string;
  /** What to change. */
  readonly fix: string;
};

/**
 * Communications codes that this action has been seen to answer with. None of them is retryable: each needs a change first. Microsoft
 * publishes no table; the sources are users' reports, named at each entry.
 */
export const commsCodes: { readonly [code: number]: CommsCode } = {
  // microsoft-graph-comms-samples#444, #489, #515; OfficeDocs-SkypeForBusiness#8528
  8506: {
    meaning: "The call is no policy-recording call.",
    fix: "Only a bot that a recording policy invited may report: assign the policy to a user (not to the bot's own app instance), and take calls whose incomingContext.observedParticipantId is set; calls that the bot joined or made itself never qualify.",
  },
  // microsoft-graph-comms-samples#173, #330, #537
  8522: {
    meaning: "The call is over, or was never established.",
    fix: "Stop recording, stop the keep-alive and clean up; no status can be reported any more.",
  },
  // learn.microsoft.com/answers/questions/507597
  7500: {
    meaning: "The token's identity cannot be used here.",
    fix: "Use an application token (client credentials), not a delegated one.",
  },
  // microsoft-graph-docs#10845; microsoft-graph-comms-samples#432
  7503: {
    meaning: "The application is not registered as a calling bot.",
    fix: "Enable calling on the bot's Teams channel with a webhook, and check that the bot exists for the tenant of the call.",
  },
  // microsoft-graph-comms-samples#276
  7504: {
    meaning: "The application has no consent in the tenant of the call.",
    fix: `Have an administrator of that tenant consent to ${permissions.updateRecordingStatus.join(" or ")}, and pass that tenant as tenantId.`,
  },
};
