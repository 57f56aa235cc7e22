import { type CloseOptions, readCloseOptions } from "../input/call-input.ts";
import type { RecordingOutcome } from "../model/outcome.ts";
import type { Ledger } from "../sending/ledger.ts";
import type { Calls } from "../waiting/calls.ts";
import type { Ending } from "../waiting/ending.ts";
import type { ClientRuntime } from "../waiting/runtime.ts";
import type { RecordingEntry } from "./entry.ts";
import type { Registry } from "./registry.ts";
import { untilEnded } from "./until-ended.ts";

const defaultCloseDeadlineMs = 25_000;

type Closing = {
  readonly runtime: ClientRuntime;
  readonly registry: Registry;
  readonly clientEnd: Ending;
  readonly cutOff: Ending;
  readonly calls: Calls;
  readonly ledger: Ledger | undefined;
};

/** Makes `close`: every live recording ends in the compliant order, all at once, and whatever else is under way is ended. */
export function createClose({
  runtime,
  registry,
  clientEnd,
  cutOff,
  calls,
  ledger,
}: Closing): (options?: CloseOptions) => Promise<readonly RecordingOutcome[]> {
  let outcomes: Promise<readonly RecordingOutcome[]> | undefined;
  const settleAll = async (live: readonly RecordingEntry[]): Promise<readonly RecordingOutcome[]> => {
    const ended = await Promise.all(live.map(({ driver, recording }) => untilEnded(driver.ended, recording.callId)));
    await calls.settled();
    await ledger?.leaveAll();
    return ended;
  };
  return async (options) => {
    const { deadlineMs = defaultCloseDeadlineMs } = readCloseOptions(options);
    const cancel = runtime.schedule(cutOff.bringAbout, deadlineMs);
    clientEnd.bringAbout();
    const live = registry.live();
    // A second, shorter close leaves less time to what persists, too.
    for (const { driver } of live) driver.end("closed", deadlineMs);
    outcomes ??= settleAll(live);
    return outcomes.finally(cancel);
  };
}
