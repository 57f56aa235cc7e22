import type { Bag } from "../../util/own.ts";
import { permissions } from "../../wire.ts";
import { type Check, fail, ok, warn } from "./check.ts";

/** What the token should be for. */
export type Wanted = {
  /** The scope that it was asked for. */
  readonly tokenScope: string;
  /** The tenant that the person named. */
  readonly tenant: string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
};

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Looks at the claims of a token, without verifying it: that is Graph's part. */
export function judgeToken(claims: Bag | undefined, wanted: Wanted): Check[] {
  if (claims === undefined) {
    return [
      warn(
        "roles",
        "the token is no JWT that can be read: its app roles are not known.",
        "Nothing, for a dummy; Graph gives such tokens too.",
      ),
    ];
  }
  return [judgeRoles(claims), judgeAudience(claims, wanted), judgeTenant(claims, wanted), judgeTimes(claims, wanted)];
}

function judgeRoles({ roles, scp }: Bag): Check {
  const wanted: readonly string[] = permissions.updateRecordingStatus;
  const held = Array.isArray(roles) ? roles.map(String) : [];
  const fitting = held.filter((role) => wanted.includes(role));
  if (fitting.length > 0) return ok("roles", `${fitting.join(", ")} in the token.`);
  const grant = `Grant the application permission ${wanted.join(" or ")}, have an administrator of the call's tenant consent, and take a new token.`;
  if (typeof scp === "string")
    return fail("roles", "this is a delegated token, of a signed-in user.", `Use an application token. ${grant}`);
  const others = held.length === 0 ? "no app role at all" : `only ${held.slice(0, 10).join(", ")}`;
  return fail("roles", `the token has ${others}.`, grant);
}

function judgeAudience({ aud }: Bag, { tokenScope }: Wanted): Check {
  const resource = tokenScope.replace(/\/\.default$/, "");
  if (typeof aud === "string" && aud.replace(/\/$/, "") === resource) return ok("audience", resource);
  // Entra may name a resource by its application id; whether that is Graph's, the answer to a request tells.
  if (typeof aud === "string" && guid.test(aud)) return ok("audience", `${aud}, an application id`);
  return fail(
    "audience",
    `the token is for ${show(aud)}, not for ${resource}.`,
    "Choose the cloud of the tenant by --cloud, and ask for its scope.",
  );
}

function judgeTenant({ tid, appid, azp }: Bag, { tenant }: Wanted): Check {
  const found = `tenant ${show(tid)}, application ${show(appid ?? azp)}`;
  if (tenant === undefined) return ok("tenant", `${found}; it must be the tenant of the call.`);
  if (String(tid).toLowerCase() === tenant.toLowerCase()) return ok("tenant", found);
  // A tenant may be named by a domain, and the token names it by its id.
  if (!guid.test(tenant)) return ok("tenant", `${found}, for ${tenant}`);
  return fail(
    "tenant",
    `${found}, although ${tenant} was asked for.`,
    "Let the credential ask in that tenant: for some it is fixed when they are made.",
  );
}

function judgeTimes({ exp, nbf }: Bag, { now }: Wanted): Check {
  if (typeof exp !== "number") return warn("expiry", "the token does not say when it ends.", "Nothing, if Graph takes it.");
  const at = new Date(exp * 1000).toISOString();
  const clock = "Set this machine's clock, or take a new token.";
  if (exp * 1000 <= now) return fail("expiry", `the token ended at ${at}.`, clock);
  if (typeof nbf === "number" && nbf * 1000 > now)
    return fail("expiry", `the token begins at ${new Date(nbf * 1000).toISOString()}.`, clock);
  return ok("expiry", `${at}, in ${Math.floor((exp * 1000 - now) / 60_000)} min`);
}

function show(value: unknown): string {
  return typeof value === "string" ? value.slice(0, 100) : "(none)";
}
