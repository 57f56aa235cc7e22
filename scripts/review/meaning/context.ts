import type { JsonObject } from "../../spec/document.ts";
import type { Use } from "../usage.ts";

/** What a judgement knows besides the difference. */
export type Context = {
  readonly base: JsonObject;
  readonly revision: JsonObject;
  /** Who writes what stands there, in either document. */
  readonly uses: readonly Use[];
  /** Whether every body, parameter and header is proved to let the same values pass as before. */
  readonly sameMessages: () => boolean;
};
