// Every rule of "The end of a recording", broken by hand. Each fault is injected into the lifecycle by its rules (src/lifecycle/rules.ts);
// the random recordings must notice each of them.
import { existsSync } from "node:fs";
import * as door from "../../src/recording-client.ts";
import type { CreateClient } from "./library.ts";

/** What persists, and the end waits for. */
export type WorkKind = "body" | "persist" | "pipe" | "gate" | "recorder.start" | "recorder.stop";
type Settlement = { readonly kind: WorkKind; readonly failed: boolean; readonly obeyed: boolean; readonly timedOut?: boolean };
type Failure = { readonly code: string; readonly status?: number | undefined };
type Reason = string;
type Status = "notRecording" | "failed" | undefined;

/** The rules that must be injectable. Those above the line are in src/lifecycle/rules.ts already, under these names. */
export type Rules = {
  confirms(operation: { readonly status: unknown }): boolean;
  permits(state: { readonly phase: string }): boolean;
  awaits(kind: WorkKind): boolean;
  precedesStop(kind: WorkKind): boolean;
  cutsOff(kind: WorkKind): boolean;
  isWell(settlement: Settlement): boolean;
  budgetMs(stopTimeoutMs: number, closeMs: number | undefined): number;
  saysGone(error: unknown): boolean;
  withdraws(mayBeInEffect: boolean): boolean;
  // ---- proposed
  /** Whether the permit's signal is aborted when the end begins. */
  tellsPermit(): boolean;
  /** Whether a failure, while the recording is live, ends it. */
  endsBy(kind: "persist" | "pipe"): boolean;
  /** The closing status; undefined reports nothing. `clean` is whether all of it went well. */
  closingStatus(reason: Reason, clean: boolean): Status;
  /** How often recorder.stop is called for a start. */
  stopsOf(started: boolean, startFailed: boolean): number;
  /** Whether a closing report that failed is sent again. */
  repeats(failure: Failure, refusedTokens: number): boolean;
  /** Whether a refused token is forgotten before the next attempt. */
  forgetsToken(): boolean;
  /** The status that `stop` again sends, after an end that was not reported; undefined sends nothing. */
  sentAgain(decided: Status): Status;
  /** Whether what went wrong at the end is told in the outcome. */
  tells(error: unknown): boolean;
  /** Whether the promise of a pipe is handled when nobody awaits it. */
  handles(kind: "pipe"): boolean;
  /** Whether a chunk may pass a gate that is closed. */
  passes(isClosed: boolean): boolean;
  /** What withRecording rejects with for an end that came from outside. */
  settlesAs(reason: Reason): "value" | "ABORTED" | "CLOSED" | "error";
};

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

/** Faults of rules that are injectable now. */
export const seededFaults: readonly SeededFault[] = [
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
];

/** Faults of rules that wait for a place to be injected. */
export const proposedFaults: readonly SeededFault[] = [
  fault("the permit's signal is not aborted", "d", () => ({ tellsPermit: () => false })),
  fault("a pipe that fails leaves the recording live", "e", () => ({ endsBy: () => false })),
  fault("a persist that fails ends the recording", "e", () => ({ endsBy: () => true })),
  fault("notRecording whatever happened", "b", () => ({ closingStatus: () => "notRecording" })),
  fault("failed whatever happened", "e", () => ({ closingStatus: () => "failed" })),
  fault("a call that has ended is reported all the same", "e", (rules) => ({
    closingStatus: (reason, clean) => rules.closingStatus(reason, clean) ?? "failed",
  })),
  fault("fail() is reported as notRecording", "e", (rules) => ({
    closingStatus: (reason, clean) => (reason === "failed" && clean ? "notRecording" : rules.closingStatus(reason, clean)),
  })),
  fault("recorder.stop is called twice", "i", (rules) => ({ stopsOf: (started, failed) => 2 * rules.stopsOf(started, failed) })),
  fault("recorder.stop is not called for a start that failed", "i", () => ({ stopsOf: (started, failed) => (started && !failed ? 1 : 0) })),
  fault("recorder.stop is called without a start", "i", () => ({ stopsOf: () => 1 })),
  ...(["CREDENTIAL", "BAD_ANSWER", "NETWORK", "TIMEOUT", "THROTTLED"] as const).map((code) =>
    fault(`the closing report ends at ${code}`, "g", (rules) => ({
      repeats: (failure, tokens) => failure.code !== code && rules.repeats(failure, tokens),
    })),
  ),
  ...[401, 408, 500, 503, 507].map((status) =>
    fault(`the closing report ends at ${status}`, "g", (rules) => ({
      repeats: (failure, tokens) => failure.status !== status && rules.repeats(failure, tokens),
    })),
  ),
  fault("the closing report is repeated after a refusal", "g", () => ({ repeats: () => true })),
  fault("a refused token is sent again", "g", () => ({ forgetsToken: () => false })),
  fault("stop again sends nothing", "g", () => ({ sentAgain: () => undefined })),
  fault("stop again sends another status", "g", () => ({
    sentAgain: (decided) => (decided === "failed" ? "notRecording" : "failed"),
  })),
  fault("nobody is told what went wrong at the end", "ch", () => ({ tells: () => false })),
  fault("a pipe that is not awaited crashes", "j", () => ({ handles: () => false })),
  fault("a gate that is closed lets chunks pass", "d", () => ({ passes: () => true })),
  fault("withRecording resolves although it was aborted", "k", (rules) => ({
    settlesAs: (reason) => (reason === "aborted" ? "value" : rules.settlesAs(reason)),
  })),
  fault("withRecording resolves although the client was closed", "k", (rules) => ({
    settlesAs: (reason) => (reason === "closed" ? "value" : rules.settlesAs(reason)),
  })),
];

/** A client with rules of its own; not public, and not there yet in versions that cannot take a fault. */
type CreateWithRules = (...options: [...Parameters<CreateClient>, rules: Rules]) => ReturnType<CreateClient>;

/** The rules as they are, and how a client is made with others; undefined in a version whose rules are not injectable. */
export async function rulesDoor(): Promise<{ readonly rules: Rules; readonly createClient: CreateWithRules } | undefined> {
  const file = new URL("../../src/lifecycle/rules.ts", import.meta.url);
  const { createClient } = door as unknown as { createClient?: CreateWithRules };
  if (createClient === undefined || !existsSync(file)) return undefined;
  const { lifecycleRules } = (await import(file.href)) as { lifecycleRules: Rules };
  return { rules: lifecycleRules, createClient };
}
