import { cloudTable, permissions } from "../../generate/constants-code.ts";
import { retryableStatuses } from "../../generate/retryable-statuses.ts";
import { type Json, type JsonObject, type Spec, specOf } from "../../spec/document.ts";
import { isObject, resolve, valueAt } from "../../spec/json.ts";

/** What the documentation, CHANGELOG.md and `src/` name one by one. */
export type Names = {
  readonly clouds: ReturnType<typeof cloudTable>;
  readonly refused: NonNullable<Spec["x-unsupported-clouds"]>;
  readonly retryable: readonly number[];
  /** Of the report, the least privileged first. */
  readonly permissions: readonly string[];
  readonly properties: readonly Property[];
};

export type Property = { readonly name: string; readonly schema: JsonObject; readonly required: boolean };

export function namesOf(document: JsonObject): Names {
  const spec = specOf(document);
  const request = valueAt(document, ["components", "schemas", "UpdateRecordingStatusRequest"]);
  const { properties = {}, required = [] } = isObject(request) ? request : {};
  return {
    clouds: cloudTable(spec),
    refused: spec["x-unsupported-clouds"] ?? [],
    retryable: retryableStatuses(spec),
    permissions: permissions(spec).updateRecordingStatus ?? [],
    properties: Object.entries(properties as JsonObject).map(([name, schema]) => {
      const own = resolve(document, schema);
      return { name, schema: isObject(own) ? own : {}, required: (required as Json[]).includes(name) };
    }),
  };
}

/** What a description says, without its source. */
export function proseOf({ description }: JsonObject): string {
  const text = typeof description === "string" ? description : "";
  return (
    text
      .split(/\s*\bSource:/)[0]
      ?.replaceAll(/\s+/g, " ")
      .trim() || "What it is."
  );
}
