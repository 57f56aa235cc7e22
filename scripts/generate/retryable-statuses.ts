import { callableOperations, type Json, type JsonObject, type Spec, SpecError } from "../spec/document.ts";
import { isObject, refPath, resolve } from "../spec/json.ts";

/** The statuses whose answer is marked `x-retryable: true`, in rising order. A status means the same in every operation. */
export function retryableStatuses(spec: Spec): number[] {
  const marks = new Map<string, { readonly retryable: boolean; readonly operationId: string }>();
  for (const { path, method, operation } of callableOperations(spec)) {
    for (const [status, answer] of Object.entries(operation.responses ?? {})) {
      const at = ["paths", path, method, "responses", status];
      const retryable = isRetryable(spec, { status, answer, at }, operation.operationId);
      const other = marks.get(status);
      if (other !== undefined && other.retryable !== retryable) {
        throw new SpecError(
          `The answer ${status} is retryable in one of ${other.operationId} and ${operation.operationId} only: write x-retryable at both or at none.`,
          { path: at },
        );
      }
      marks.set(status, { retryable, operationId: operation.operationId });
    }
  }
  return [...marks].flatMap(([status, { retryable }]) => (retryable ? [Number(status)] : [])).toSorted((a, b) => a - b);
}

type Answer = { readonly status: string; readonly answer: Json; readonly at: readonly string[] };

function isRetryable(spec: Spec, { status, answer, at }: Answer, operationId: string): boolean {
  const described = resolve(spec as unknown as JsonObject, answer);
  const mark = isObject(described) ? described["x-retryable"] : undefined;
  if (mark === undefined) return false;
  const name = `The answer ${status} of ${operationId}`;
  const path = [...(isObject(answer) && typeof answer.$ref === "string" ? refPath(answer.$ref) : at), "x-retryable"];
  if (mark !== true) throw new SpecError(`${name} has x-retryable: ${JSON.stringify(mark)}: write true, or leave it out.`, { path });
  if (!/^[45]\d\d$/.test(status))
    throw new SpecError(`${name} cannot be retryable: x-retryable belongs to one status from 400 to 599.`, { path });
  return true;
}
