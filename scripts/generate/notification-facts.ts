import { type Json, type JsonObject, type Spec, SpecError } from "../spec/document.ts";

type NotificationToken = { openIdConfiguration: string; issuers: string[]; algorithm: string; tenantClaim: string };

/** What a verifier of notifications must know of their tokens. */
export function notificationToken({ components }: Spec): NotificationToken {
  const path = ["components", "securitySchemes", "notificationToken"];
  const scheme = components.securitySchemes?.notificationToken ?? {};
  const read = <T extends Json>(name: string, isRight: (value: Json | undefined) => boolean): T => {
    if (!isRight(scheme[name]))
      throw new SpecError(`Security scheme notificationToken ${lack(scheme[name], name)}: whoever verifies a notification needs it.`, {
        path: scheme[name] === undefined ? path : [...path, name],
      });
    return scheme[name] as T;
  };
  return {
    openIdConfiguration: read("x-open-id-configuration", isText),
    issuers: read("x-issuers", (value) => Array.isArray(value) && value.length > 0 && value.every(isText)),
    algorithm: read("x-algorithm", isText),
    tenantClaim: read("x-tenant-claim", isText),
  };
}

function lack(value: Json | undefined, name: string): string {
  if (value === undefined) return `has no ${name}`;
  return `needs ${name === "x-issuers" ? "a list of addresses" : "one text"} as its ${name}, not ${JSON.stringify(value)}`;
}

/** The state by which a notification tells that a call is over. */
export function endedCallState({ webhooks = {} }: Spec): string {
  for (const item of Object.values(webhooks)) {
    const { "x-ended-call-state": state } = (item.post ?? {}) as JsonObject;
    if (typeof state === "string" && isText(state)) return state;
  }
  throw new SpecError("No webhook has x-ended-call-state: the client needs it to see that a call is over.", { path: ["webhooks"] });
}

function isText(value: Json | undefined): boolean {
  return typeof value === "string" && value.trim() !== "";
}
