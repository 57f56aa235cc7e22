import { asAnswered, callKey } from "../model/call-id.ts";

/** What a notification is about, by its path: a call, an operation of it, or the operations of it. */
export type NotifiedResource = {
  readonly kind: "operation" | "call";
  readonly callId: string;
  readonly operationId: string | undefined;
};

/** `/app/…` is the path of old, `/communications/…` that of today; behind a host and a version it means the same. */
const path =
  /^(?:https?:\/\/[^/]+)?\/?(?:(?:v1\.0|beta)\/)?(?:app|communications)\/calls\/([^/?#]+)(?:\/(operations)(?:\/([^/?#]+))?)?\/?(?:[?#].*)?$/i;
/** No path of Graph is near this long. */
const longestPath = 4_096;

/** Reads a path; undefined for everything that is neither a call nor its operations. */
export function readResource(text: string): NotifiedResource | undefined {
  const match = text.length > longestPath ? null : path.exec(text);
  if (match === null) return undefined;
  const [, callId = "", operations, operationId] = match;
  return {
    kind: operations === undefined ? "call" : "operation",
    callId: decode(callId),
    operationId: operationId === undefined ? undefined : decode(operationId),
  };
}

/** Whether two paths name the same thing: a path of old and a path of today may stand side by side. */
export function isSameResource(a: NotifiedResource, b: NotifiedResource): boolean {
  return a.kind === b.kind && callKey(a.callId) === callKey(b.callId) && callKey(a.operationId ?? "") === callKey(b.operationId ?? "");
}

function decode(segment: string): string {
  try {
    return asAnswered(decodeURIComponent(segment));
  } catch {
    // A stray "%": the id as it came is still an id.
    return asAnswered(segment);
  }
}
