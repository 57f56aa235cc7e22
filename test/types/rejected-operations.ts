// What must not compile around an operation: a status that never comes, a name that it does not have.
import type {
  KnownOperationStatus,
  OperationReference,
  OperationStatus,
  RecordingClient,
  RecordingOperation,
  ResultInfo,
} from "teams-recording-status";
import { type Equal, of } from "./support.ts";

const graph = of<RecordingClient>();
const operation = of<RecordingOperation>();

export const names: Equal<
  keyof RecordingOperation,
  "id" | "status" | "clientContext" | "resultInfo" | "location" | "requestId" | "clientRequestId" | "raw"
> = true;
export const resultNames: Equal<keyof ResultInfo, "code" | "subcode" | "message"> = true;
export const statuses: Equal<OperationStatus, KnownOperationStatus | "unrecognized" | null> = true;
export const known: Equal<string extends KnownOperationStatus ? true : false, false> = true;
export const raw: Equal<RecordingOperation["raw"], unknown> = true;

export const isCompleted = operation.status === "completed";
// @ts-expect-error a status is read in lower camel case
export const isPascal = operation.status === "Completed";
// @ts-expect-error no such status
export const isMisspelt = operation.status === "complete";
// @ts-expect-error a misspelt name
operation.stauts;
// @ts-expect-error what Graph sent besides is in `raw`
operation["@odata.type"];
// @ts-expect-error the same for a result
of<ResultInfo>()["@odata.type"];
// @ts-expect-error `raw` is from outside: narrow it first
operation.raw.status;

export function explain(status: OperationStatus): string {
  switch (status) {
    case "completed":
    case "failed":
      return "final";
    case "notStarted":
    case "running":
    case null:
      return "not final";
    case "unrecognized":
      return "see raw";
    default:
      // What the spec may know one day; a string that it does not know is "unrecognized".
      return status satisfies Exclude<KnownOperationStatus, "completed" | "failed" | "notStarted" | "running">;
  }
}

// What is waited for: as it was answered, or made by hand from a log, the status in any case.
graph.waitForOperation("c", operation);
graph.waitForOperation("c", { id: "op", status: "Running" });
graph.waitForOperation("c", { ...operation, status: null });
export const reference: OperationReference = { id: undefined, status: "NotStarted", requestId: "r" };
// @ts-expect-error an id without its status: it may have ended
graph.waitForOperation("c", { id: "op" });
// @ts-expect-error the id alone
graph.waitForOperation("c", "op");
