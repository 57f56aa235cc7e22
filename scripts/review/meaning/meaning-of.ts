import type { Path } from "../../spec/json.ts";
import type { Meaning } from "../change.ts";
import type { Difference } from "../differences/difference.ts";
import { cloudMeaning } from "./cloud.ts";
import type { Context } from "./context.ts";
import { addressMeaning, componentMeaning, elsewhereMeaning, isMethod, operationMeaning, schemeMeaning } from "./document.ts";
import { mediaTypeMeaning } from "./media-type.ts";
import { answerMeaning, headerMeaning, inputMeaning } from "./message.ts";
import { propertyMeaning } from "./property.ts";
import { alternativeMeaning, keywordMeaning, rewrittenMeaning } from "./schema.ts";
import { securityMeaning } from "./security.ts";
import { asBefore, orderOnly } from "./values.ts";

/** The one judgement on a difference: whom it concerns, which version it asks for, what happens on the wire, and the sentence that says so. */
export function meaningOf(difference: Difference, context: Context): Meaning {
  const { holder, change, path } = difference;
  const key = `${path.at(-1)}`;
  if (change === "wording") return { side: "caller", bump: "patch", wire: "no", why: "The meaning stays." };
  if (path[0] === "x-unsupported-clouds" || belongsToServers(path)) return cloudMeaning(difference, context);
  if (isExample(difference)) return exampleMeaning(difference);
  if (change === "moved") return { ...asBefore, why: "Each operation takes the same parameters as before." };
  if (key === "parameters" && change === "reordered") return orderOnly;
  if (key === "security" && (holder === "operation" || holder === "document")) return securityMeaning(difference, context);
  if (path[0] === "components" && path.length === 3 && change !== "changed" && change !== "rewritten") return componentMeaning(difference);
  if (holder === "map:pathItem" || (holder === "pathItem" && isMethod(key))) return addressMeaning(difference);
  return ofMessage(difference, key, context) ?? ofDocument(difference, key, context);
}

/** What messages are made of. */
function ofMessage(difference: Difference, key: string, context: Context): Meaning | undefined {
  const { holder, change } = difference;
  if (change === "rewritten") return rewrittenMeaning(difference, context);
  switch (holder) {
    case "map:schema":
      return propertyMeaning(difference, context);
    case "list:schema":
      return alternativeMeaning(difference, context);
    case "schema":
      return keywordMeaning(difference, key, context);
    case "map:response":
      return answerMeaning(difference, context);
    case "map:header":
      return headerMeaning(difference, context);
    case "map:mediaType":
      return mediaTypeMeaning(difference, context);
    case "header":
    case "parameter":
    case "list:parameter":
    case "mediaType":
    case "requestBody":
      return inputMeaning(difference, key, context);
    default:
      return undefined;
  }
}

function ofDocument(difference: Difference, key: string, context: Context): Meaning {
  if (difference.holder === "operation") return operationMeaning(difference, key, context);
  if (difference.path[1] === "securitySchemes") return schemeMeaning(difference, key);
  return elsewhereMeaning(difference, key);
}

/** Of the document, of a path or of an operation; elsewhere it is a name like any other. */
function belongsToServers(path: Path): boolean {
  const [room, , below, belowMethod] = path;
  return room === "servers" || ((room === "paths" || room === "webhooks") && (below === "servers" || belowMethod === "servers"));
}

export function isExample({ holder, path, change }: Difference): boolean {
  const key = path.at(-1);
  if (holder === "value" || holder === "example") return true;
  // In a map it is a name that somebody chose.
  if ((key === "example" || key === "examples") && !holder.startsWith("map:")) return true;
  return holder === "map:example" || (change === "reordered" && path.includes("examples"));
}

function exampleMeaning({ change }: Difference): Meaning {
  const more = change === "renamed" ? "A case of the tests has another name." : "The mock and the tests show something else.";
  return { side: "caller", bump: "patch", wire: "no", why: change === "added" ? "One more case for the tests." : more };
}
