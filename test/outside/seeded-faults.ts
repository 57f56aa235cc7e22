// Every rule of "The end of a recording", broken by hand. Each fault is injected into the lifecycle by its rules (src/lifecycle/rules.ts);
// the random recordings must notice each of them.
import { lifecycleRules, type LifecycleRules as Rules, type Settlement, type WorkKind } from "../../src/lifecycle/rules.ts";
import { createClient } from "../../src/recording-client.ts";
import type { CreateClient } from "./library.ts";

export type SeededFault = {
  readonly name: string;
  /** The rules of the observer that may notice, by their letters. */
  readonly noticedBy: string;
  readonly breaks: (rules: Rules) => Partial<Rules>;
};

const fault = (name: string, noticedBy: string, breaks: SeededFault["breaks"]): SeededFault => ({ name, noticedBy, breaks });
const forgets = (kind: WorkKind) => (rules: Rules) => ({ awaits: (other: WorkKind) => other !== kind && rules.awaits(other) });
const takesForWell = (match: (settlement: Settlement) => boolean) => (rules: Rules) => ({
  isWell: (settlement: Settlement) => match(settlement) || rules.isWell(settlement),
});

type Repeats = Rules["closingRetries"]["mayRepeat"];

const repeats = (mayRepeat: (asItIs: Repeats) => Repeats) => (rules: Rules) => ({
  closingRetries: { ...rules.closingRetries, mayRepeat: mayRepeat(rules.closingRetries.mayRepeat) },
});

/** What a notification says, taken otherwise. */
const hears = (other: (rules: Rules["notifications"]) => Partial<Rules["notifications"]>) => (rules: Rules) => ({
  notifications: { ...rules.notifications, ...other(rules.notifications) },
});

/** Every rule, broken in each way that matters. */
export const seededFaults: readonly SeededFault[] = [
  fault(
    "a notification of any operation of the call counts",
    "n",
    hears(() => ({ match: () => "same" })),
  ),
  fault(
    "the context decides where the ids differ",
    "n",
    hears(({ match }) => ({
      match: (told, report, isAnswered) =>
        told.clientContext !== null && told.clientContext === report.context ? "same" : match(told, report, isAnswered),
    })),
  ),
  fault(
    "the context of a notification is not looked at",
    "n",
    hears(({ match }) => ({
      match: (told, report, isAnswered) => match({ ...told, clientContext: null }, report, isAnswered),
    })),
  ),
  fault(
    "the ids are compared letter for letter",
    "n",
    hears(({ match }) => ({
      match: (told, report, isAnswered) =>
        told.changeType === "deleted" && (told.raw as { changeType?: unknown }).changeType === "Deleted"
          ? "other"
          : match(told, report, isAnswered),
    })),
  ),
  fault(
    "what comes before the answer is dropped",
    "en",
    hears(({ match }) => ({
      match: (told, report, isAnswered) => (isAnswered ? match(told, report, isAnswered) : "other"),
    })),
  ),
  fault(
    "any status is final",
    "n",
    hears(() => ({ isFinal: () => true })),
  ),
  fault(
    "a failure is no end",
    "n",
    hears(() => ({ isFinal: ({ status }) => status === "completed" })),
  ),
  fault("a pending operation counts as confirmed", "a", () => ({ confirms: () => true })),
  fault("the permit outlives the stop", "bd", (rules) => ({ permits: (state) => state.phase === "stopping" || rules.permits(state) })),
  fault("the permit comes before recorder.start has resolved", "d", (rules) => ({
    permits: (state) => state.phase === "starting" || rules.permits(state),
  })),
  fault("the end does not wait for the body", "b", forgets("body")),
  fault("the end does not wait for a persist", "b", forgets("persist")),
  fault("the end does not wait for the sinks of pipes", "b", forgets("pipe")),
  fault("the end does not wait until gates are drained", "b", forgets("gate")),
  fault("the end does not wait for a recorder.start that is under way", "b", forgets("recorder.start")),
  fault("the end does not wait for recorder.stop", "b", forgets("recorder.stop")),
  fault("recorder.stop is called before persists have settled", "i", (rules) => ({
    precedesStop: (kind) => kind !== "persist" && rules.precedesStop(kind),
  })),
  fault("recorder.stop is called before pipes have settled", "i", (rules) => ({
    precedesStop: (kind) => kind !== "pipe" && rules.precedesStop(kind),
  })),
  fault("recorder.stop is called before recorder.start has settled", "bi", (rules) => ({
    precedesStop: (kind) => kind !== "recorder.start" && rules.precedesStop(kind),
  })),
  fault("recorder.stop waits for the body", "i", (rules) => ({ precedesStop: (kind) => kind === "body" || rules.precedesStop(kind) })),
  fault("a sink goes on after the time-out", "c", (rules) => ({ cutsOff: (kind) => kind !== "pipe" && rules.cutsOff(kind) })),
  fault("a persist is not told of the time-out", "i", (rules) => ({ cutsOff: (kind) => kind !== "persist" && rules.cutsOff(kind) })),
  fault("recorder.stop is not told of the time-out", "i", (rules) => ({
    cutsOff: (kind) => kind !== "recorder.stop" && rules.cutsOff(kind),
  })),
  fault(
    "everything counts as well settled",
    "b",
    takesForWell(() => true),
  ),
  fault(
    "a persist that fails at the end counts as well",
    "b",
    takesForWell(({ kind }) => kind === "persist"),
  ),
  fault(
    "a pipe that fails at the end counts as well",
    "b",
    takesForWell(({ kind }) => kind === "pipe"),
  ),
  fault(
    "a recorder.stop that fails counts as well",
    "b",
    takesForWell(({ kind }) => kind === "recorder.stop"),
  ),
  fault(
    "a recorder.start that fails at the end counts as well",
    "b",
    takesForWell(({ kind }) => kind === "recorder.start"),
  ),
  fault(
    "a persist that obeys counts as well",
    "b",
    takesForWell(({ kind, obeyed }) => kind === "persist" && obeyed),
  ),
  fault("a body that obeys counts as failed", "e", (rules) => ({
    isWell: (settlement) => (settlement.kind !== "body" || !settlement.failed) && rules.isWell(settlement),
  })),
  fault("a recorder.start that obeys counts as failed", "e", (rules) => ({
    isWell: (settlement) => (settlement.kind !== "recorder.start" || !settlement.failed) && rules.isWell(settlement),
  })),
  fault("nothing counts as well settled", "e", () => ({ isWell: () => false })),
  fault("the time for all is taken three times", "f", (rules) => ({ budgetMs: (stopMs, closeMs) => 3 * rules.budgetMs(stopMs, closeMs) })),
  fault("a close leaves nothing of its deadline for the report", "ef", () => ({
    budgetMs: (stopMs, closeMs) => Math.min(stopMs, closeMs ?? stopMs),
  })),
  fault("a close does not shorten the time", "ef", () => ({ budgetMs: (stopMs) => stopMs })),
  fault("the time is cut to a tenth", "e", (rules) => ({ budgetMs: (stopMs, closeMs) => rules.budgetMs(stopMs, closeMs) / 10 })),
  fault("every 404 says that the call is gone", "eh", () => ({
    saysGone: (error) => (error as { status?: unknown } | null)?.status === 404,
  })),
  fault("8522 does not say that the call is gone", "egk", () => ({ saysGone: () => false })),
  fault("a start that may be in effect is not closed", "eh", () => ({ withdraws: () => false })),
  fault("a start that was refused is closed", "e", () => ({ withdraws: () => true })),
  fault("a pipe that fails leaves the recording live", "e", () => ({ endsBy: () => false })),
  fault("a persist that fails ends the recording", "e", () => ({ endsBy: () => true })),
  fault("recorder.stop is not called", "i", () => ({ stopsRecorder: () => false })),
  fault("recorder.stop is not called for a start that failed", "i", () => ({ stopsRecorder: (startFailed) => !startFailed })),
  fault("notRecording whatever happened", "be", () => ({ sends: () => "notRecording" })),
  fault("failed whatever happened", "e", () => ({ sends: () => "failed" })),
  fault("no closing report is sent", "eh", () => ({ sends: () => undefined })),
  fault("stop again sends nothing", "g", () => ({ sends: (decided, again) => (again ? undefined : decided) })),
  fault("stop again sends another status", "g", () => ({
    sends: (decided, again) => (again ? (decided === "failed" ? "notRecording" : "failed") : decided),
  })),
  ...(["CREDENTIAL", "BAD_ANSWER", "NETWORK", "TIMEOUT", "THROTTLED"] as const).map((code) =>
    fault(
      `the closing report ends at ${code}`,
      "g",
      repeats((asItIs) => (failure, tokens) => failure.code !== code && asItIs(failure, tokens)),
    ),
  ),
  ...[401, 408, 500, 503, 507].map((status) =>
    fault(
      `the closing report ends at ${status}`,
      "g",
      repeats((asItIs) => (failure, tokens) => failure.status !== status && asItIs(failure, tokens)),
    ),
  ),
  fault(
    "the closing report is repeated after a refusal",
    "g",
    repeats(() => () => true),
  ),
  fault("the closing report gives up after three repeats", "g", (rules) => ({ closingRetries: { ...rules.closingRetries, limit: 3 } })),
  fault("withRecording resolves although it was aborted", "k", () => ({ rejectsAfter: (reason) => reason === "closed" })),
  fault("withRecording resolves although the client was closed", "k", () => ({ rejectsAfter: (reason) => reason === "aborted" })),
];

/** A client whose recordings follow these rules. */
export const createBroken = (breaks: SeededFault["breaks"]): CreateClient => {
  const rules = { ...lifecycleRules, ...breaks(lifecycleRules) };
  return ((options, runtime) => createClient(options as never, runtime ?? {}, rules)) as CreateClient;
};
