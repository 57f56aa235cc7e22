import type { Json } from "../../spec/document.ts";
import { methods } from "../../spec/kinds.ts";
import type { Meaning } from "../change.ts";
import type { Difference } from "../differences/difference.ts";
import { exchangesNames, template } from "../differences/renames.ts";
import { isSameAddress, otherParts, sameHost } from "./address.ts";
import type { Context } from "./context.ts";
import { isRequired } from "./message.ts";
import { asBefore, deprecation, unknownExtension } from "./values.ts";

const onWire = (bump: Meaning["bump"], why: string, side: Meaning["side"] = "caller"): Meaning => ({ side, bump, wire: "yes", why });
const offWire = (bump: Meaning["bump"], why: string, side: Meaning["side"] = "caller"): Meaning => ({ side, bump, wire: "no", why });

/** The names of components are names of types. */
export function componentMeaning({ change, path }: Difference): Meaning {
  if (path[1] === "securitySchemes") {
    if (change === "renamed") return offWire("minor", "Another name: what it stands for is the same.");
    return offWire("minor", change === "added" ? "Operations can demand it." : "No operation can demand it any more.");
  }
  if (change === "added") return offWire("minor", "A new type.");
  return offWire(
    "major",
    change === "renamed" ? "Callers that name the type no longer compile." : "Callers that use the type no longer compile.",
  );
}

/** An address and what is there, or one of its methods. */
export function addressMeaning({ change, path, holder, from }: Difference): Meaning {
  const isWebhook = path[0] === "webhooks";
  if (change === "added") return onWire("minor", isWebhook ? "Callers may be told more." : "Callers can do more.");
  if (change === "removed")
    return onWire("major", isWebhook ? "Callers are no longer told." : "Callers that use it are refused, and no longer compile.");
  if (holder === "map:pathItem" && isWebhook) return offWire("major", "Callers that name its type no longer compile.");
  if (holder === "map:pathItem" && exchangesNames(`${from}`, `${path.at(-1)}`)) return otherParts;
  if (holder === "map:pathItem" && template(`${from}`) === template(`${path.at(-1)}`))
    return offWire("major", "The address stays. Callers that name the path in their code no longer compile.");
  return onWire(
    "major",
    holder === "map:pathItem" ? "Callers that use the old address find nothing." : "Callers that use the old method are refused.",
  );
}

export function operationMeaning({ change, base, revision, path }: Difference, key: string, context: Context): Meaning {
  const isWebhook = path[0] === "webhooks";
  if (key === "operationId")
    return offWire("major", `${isWebhook ? "The type of the notification" : "The client's function"} has another name.`);
  if (key === "deprecated") return deprecation(base, revision);
  if (key === "x-successor") {
    const what = change === "removed" ? "Callers are no longer told what to use instead." : "Callers are told what to use instead.";
    return offWire("minor", change === "changed" ? "Callers are sent to another operation." : what);
  }
  if (key === "tags") return offWire("patch", "Only the documentation is ordered by tags.");
  if (key === "requestBody") return bodyMeaning(change, isRequired(context.revision, revision), isWebhook);
  if (key === "x-ended-call-state") return onWire("minor", "The client ends recordings at another state of their call.");
  if (key.startsWith("x-")) return unknownExtension;
  return unknown(change);
}

function bodyMeaning(change: Difference["change"], required: boolean, isWebhook: boolean): Meaning {
  if (isWebhook) return onWire("major", change === "removed" ? "The service no longer sends a body." : "Callers must expect a body.");
  if (change === "removed") return onWire("major", "Callers that send a body no longer compile.");
  return required ? onWire("major", "Callers that send no body are refused.") : onWire("minor", "Callers may send a body.");
}

/** The ways to send a token, and what the verifier of notifications demands. */
export function schemeMeaning(difference: Difference, key: string): Meaning {
  const { change, path, holder, base, revision } = difference;
  if (path.includes("scopes"))
    return offWire("minor", change === "added" ? "Operations can demand it." : "No operation can demand it any more.");
  if (key === "bearerFormat") return offWire("patch", "A hint for people.");
  if (key === "x-issuers") return issuersMeaning(base, revision);
  if ((key === "x-open-id-configuration" || key.endsWith("Url")) && isSameAddress(difference)) return sameHost;
  if (["x-open-id-configuration", "x-algorithm", "x-tenant-claim"].includes(key))
    return onWire("major", "The verifier takes other notifications than before.");
  if (key.startsWith("x-")) return unknownExtension;
  if (holder === "map:flow" && change !== "renamed")
    return change === "added"
      ? onWire("minor", "Callers may get their token in this way, too.")
      : onWire("major", "Callers that get their token in this way get none.");
  if (key.endsWith("Url")) return onWire("major", "Tools that follow it get their token at another address.");
  return onWire("major", "The token is sent or got in another way.", "both");
}

function issuersMeaning(base: Json | undefined, revision: Json | undefined): Meaning {
  const [before, after] = [[base ?? []].flat(), [revision ?? []].flat()];
  const [lost, gained] = [before.filter((one) => !after.includes(one)), after.filter((one) => !before.includes(one))];
  if (lost.length === 0 && gained.length === 0) return asBefore;
  if (lost.length === 0) return onWire("minor", "The verifier takes notifications of one sender more.");
  const refused = "Notifications of a sender that was trusted are refused";
  return onWire("major", gained.length === 0 ? `${refused}.` : `${refused}, and those of another one are taken.`);
}

/** What belongs to no message: the document itself, its tags, what these checks do not know. */
export function elsewhereMeaning({ change, holder, path, base, revision }: Difference, key: string): Meaning {
  if (holder === "document" && key === "openapi")
    return { side: "both", bump: "minor", wire: "maybe", why: "Tools read the document by other rules." };
  if (path[0] === "info" || path[0] === "tags") return offWire("patch", "Neither side sends or expects anything else.");
  if (holder === "response" && key === "x-retryable") {
    if ((base === true) === (revision === true)) return asBefore;
    return onWire(
      "minor",
      revision === true ? "The client repeats a report after this answer." : "The client no longer repeats a report after this answer.",
    );
  }
  if (key.startsWith("x-")) return unknownExtension;
  return unknown(change);
}

function unknown(change: Difference["change"]): Meaning {
  const bump = change === "added" ? "minor" : "major";
  return { side: "both", bump, wire: "maybe", why: "What these checks do not know has changed: judge it yourself." };
}

export function isMethod(key: string): boolean {
  return methods.includes(key);
}
