import type { Json, JsonObject } from "../../spec/document.ts";
import type { Path } from "../../spec/json.ts";
import type { Kind } from "../../spec/kinds.ts";

/** One place where two documents differ. */
export type Difference = {
  /** In the revision; of what was removed, in the base. */
  readonly path: Path;
  /** Of what holds the last key of the path. */
  readonly holder: Kind;
  /**
   * `reordered`: the same members in another order. `wording`: prose, which constrains nothing. `renamed`: the same under another name.
   * `rewritten`: a schema that is built in another way. `moved`: parameters that stand at the path or at its operations.
   */
  readonly change: "added" | "removed" | "changed" | "reordered" | "wording" | "renamed" | "rewritten" | "moved";
  readonly base?: Json | undefined;
  readonly revision?: Json | undefined;
  /** What was renamed: its name in the base. */
  readonly from?: string;
  /** What holds the last key of the path, before and after. */
  readonly holders?: readonly [before: JsonObject, after: JsonObject] | undefined;
};

/** What the parts of the comparison share. */
export type Walk = {
  readonly base: JsonObject;
  readonly revision: JsonObject;
  add(difference: Difference): void;
  compare(a: Json, b: Json, at: Place): void;
};

export type Place = Pick<Difference, "path" | "holder" | "holders"> & { readonly kind: Kind };

/** The order of keys included: among examples it means something. */
export function identical(a: Json | undefined, b: Json | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
