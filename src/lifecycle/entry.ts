import type { RecordingOperation } from "../model/operation.ts";
import { Driver } from "./driver.ts";
import type { DriverDeps } from "./driver-deps.ts";
import type { PermitMembers, RecordingPermit } from "./permit.ts";
import type { Recording } from "./recording.ts";

/** A recording as the client holds it: what moves it, what the caller gets, and what a body gets. */
export type RecordingEntry = { readonly driver: Driver; readonly recording: Recording; readonly permit: RecordingPermit };

/** As long as Graph has not confirmed the recording: more comes. */
const nullOperation: RecordingOperation = {
  id: undefined,
  status: null,
  clientContext: null,
  resultInfo: null,
  location: undefined,
  requestId: undefined,
  clientRequestId: "",
  raw: undefined,
};

/** Makes the faces of a recording: they hold what their types name and nothing else, so that a body cannot end what it is in. */
export function createEntry(deps: DriverDeps): RecordingEntry & { confirm(operation: RecordingOperation): void } {
  const driver = new Driver(deps);
  let operation = nullOperation;
  const permit: PermitMembers = {
    callId: deps.callId,
    get operation() {
      return operation;
    },
    signal: driver.signal,
    assertRecording() {
      if (!driver.isPermitted()) throw driver.refusal();
    },
    persist: (work) => driver.passages.persist(work),
    pipe: (...stages: readonly unknown[]) => driver.passages.pipe(stages),
    gate: () => driver.passages.gate(),
  };
  const recording = Object.defineProperties({} as unknown as Recording, {
    ...Object.getOwnPropertyDescriptors(permit),
    ...Object.getOwnPropertyDescriptors({
      get state() {
        return driver.phase;
      },
      ended: driver.ended,
      stop: () => driver.endBy("stopped"),
      fail: (error?: unknown) => {
        driver.addGiven(error ?? new Error("The recording failed."));
        return driver.endBy("failed");
      },
      callEnded: () => driver.end("callEnded"),
      [Symbol.asyncDispose]: async () => void (await driver.endBy("stopped")),
    }),
  });
  return {
    driver,
    permit: Object.freeze(permit) as RecordingPermit,
    recording: Object.freeze(recording) as Recording,
    confirm: (confirmed) => {
      operation = confirmed;
    },
  };
}
