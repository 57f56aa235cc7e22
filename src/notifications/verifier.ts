import { refuseFor } from "../input/read.ts";
import { readRuntime } from "../input/read-runtime.ts";
import { isOurs, UnverifiedError } from "../model/errors.ts";
import type { ClientRuntime } from "../waiting/runtime.ts";
import { readBearerToken } from "./bearer-token.ts";
import { checkToken, type VerifiedToken } from "./check-token.ts";
import { createKeyRing } from "./key-ring.ts";
import { createLoadKeys } from "./load-keys.ts";
import { type NotificationVerifierOptions, readVerifierOptions } from "./verifier-options.ts";

/** Tells whether Graph sent a request. */
export type NotificationVerifier = {
  /**
   * Verifies the value of the request's `Authorization` header. Rejects with an `UnverifiedError`, code `UNVERIFIED`, whose message says why and
   * never holds the token. It is `retryable` when the keys could not be asked for.
   */
  verify(authorizationHeader: string | null | undefined): Promise<VerifiedToken>;
};

/**
 * Makes the verifier of the tokens that Graph's notifications carry: RS256 by a published key, issuer, audience, times and the tenant.
 *
 * Nothing is asked for before the first token. OpenID configuration and keys are kept for 2 hours, as Microsoft's sample does; older ones are used
 * while newer ones cannot be had. A token with an unknown key makes them be asked for anew: twice, and then once in 30 s, however many tokens
 * come. Each request is given up after 5 s, both after 10 s, and redirects are not followed.
 * @example
 * ```ts
 * import { createNotificationVerifier } from "teams-recording-status/notifications";
 *
 * const verifier = createNotificationVerifier({ audience: "<your bot's app id>" });
 * const { tenantId } = await verifier.verify(request.headers.get("authorization")); // or UNVERIFIED
 * ```
 * @throws {BadInputError} code `BAD_INPUT`: an option cannot be used.
 * @see https://github.com/microsoftgraph/microsoft-graph-comms-samples/blob/master/Samples/Common/Sample.Common/Authentication/AuthenticationProvider.cs
 * @see https://learn.microsoft.com/microsoftteams/platform/bots/calls-and-meetings/call-notifications
 */
export function createNotificationVerifier(
  options: NotificationVerifierOptions,
  runtime: Partial<ClientRuntime> = {},
): NotificationVerifier {
  const { rules, openIdConfigurationUrl, fetch } = readVerifierOptions(options);
  const time = readRuntime(runtime, refuseFor("createNotificationVerifier"));
  const ring = createKeyRing(createLoadKeys(openIdConfigurationUrl, fetch, time), time);
  return {
    async verify(authorizationHeader) {
      try {
        const token = readBearerToken(authorizationHeader);
        const found = await ring.keysFor(token.kid);
        return await checkToken({ token, found, rules, now: time.now() });
      } catch (error) {
        // Whatever else goes wrong lets nobody in, and may hold the token.
        throw isOurs(error) ? error : new UnverifiedError("The token could not be checked.");
      }
    },
  };
}
