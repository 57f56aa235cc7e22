import type { TokenCredential } from "./client-options.ts";
import { CredentialError } from "./errors.ts";
import { untilEnd } from "./lifetime.ts";

/** Asks the credential for a token that can be sent. Rejects with the signal's reason when it ends, else with CREDENTIAL. */
export async function requestToken(
  credential: TokenCredential,
  scope: string,
  options: { readonly signal: AbortSignal; readonly tenantId?: string | undefined },
): Promise<string> {
  const { signal, tenantId } = options;
  const asked = { abortSignal: signal, enableCae: true, ...(tenantId === undefined ? {} : { tenantId }) };
  const answer = await untilEnd(ask(credential, scope, asked), signal).catch((error) => {
    signal.throwIfAborted();
    throw new CredentialError(`The credential gave no token for ${scope}: ${messageOf(error)}`, { cause: error });
  });
  const token: unknown = answer?.token;
  // Visible ASCII: what can stand in a header (RFC 9110 section 5.5), without the spaces and line breaks that could end it.
  if (typeof token !== "string" || !/^[\x21-\x7e]+$/.test(token)) {
    const kind = typeof token !== "string" || token === "" ? "no token" : "a token with characters that no token has";
    throw new CredentialError(`The credential answered with ${kind} for ${scope}; nothing was sent.`, {
      hint: "Check which credential is in use and how it is configured.",
    });
  }
  return token;
}

/** A credential that throws instead of rejecting is no different. */
async function ask(credential: TokenCredential, scope: string, options: Parameters<TokenCredential["getToken"]>[1]) {
  return credential.getToken(scope, options);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
