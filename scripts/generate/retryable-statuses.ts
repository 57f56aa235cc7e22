import { callableOperations, type Json, type JsonObject, type Spec, SpecError, specPath } from "../spec/document.ts";
import { isObject, resolve } from "../spec/json.ts";

/** The statuses whose answer is marked `x-retryable: true`, in rising order. A status means the same in every operation. */
export function retryableStatuses(spec: Spec): number[] {
  const marks = new Map<string, { readonly retryable: boolean; readonly operationId: string }>();
  for (const { operation } of callableOperations(spec)) {
    for (const [status, answer] of Object.entries(operation.responses ?? {})) {
      const retryable = isRetryable(resolve(spec as unknown as JsonObject, answer), status, operation.operationId);
      const other = marks.get(status);
      if (other !== undefined && other.retryable !== retryable) {
        throw new SpecError(
          `${specPath}: the answer ${status} is retryable in one of ${other.operationId} and ${operation.operationId} only: write x-retryable at both or at none.`,
        );
      }
      marks.set(status, { retryable, operationId: operation.operationId });
    }
  }
  return [...marks].flatMap(([status, { retryable }]) => (retryable ? [Number(status)] : [])).toSorted((a, b) => a - b);
}

function isRetryable(described: Json | undefined, status: string, operationId: string): boolean {
  const mark = isObject(described) ? described["x-retryable"] : undefined;
  if (mark === undefined) return false;
  const answer = `${specPath}: the answer ${status} of ${operationId}`;
  if (mark !== true) throw new SpecError(`${answer} has x-retryable: ${JSON.stringify(mark)}: write true, or leave it out.`);
  if (!/^[45]\d\d$/.test(status)) throw new SpecError(`${answer} cannot be retryable: x-retryable belongs to one status from 400 to 599.`);
  return true;
}
