import type { TokenCredential } from "../auth/credential.ts";
import type { Invocation } from "./invocation.ts";
import { readClaims } from "./read-claims.ts";
import type { Target } from "./target.ts";

/** An environment variable that holds a token, for machines without @azure/identity. */
export const tokenVariable = "TEAMS_RECORDING_STATUS_TOKEN";

/** For help, wherever a token is needed. */
export const credentialHelp = `The token comes from DefaultAzureCredential (npm install @azure/identity), or from the variable ${tokenVariable}. A server on loopback, such as the fake, gets a dummy.`;

/** Whose token is sent, and where it is from. */
export type Chosen = { readonly credential: TokenCredential; readonly from: string; readonly isDummy: boolean };

const dummy = "dummy-token-for-loopback";
const hourMs = 3_600_000;

/** Chooses the credential. @throws {CredentialError} code `CREDENTIAL`: there is no default one */
export async function chooseCredential(invocation: Invocation, { cloud, isLoopback }: Target): Promise<Chosen> {
  const { env, now } = invocation;
  const given = env[tokenVariable];
  if (given !== undefined && given !== "") {
    const { exp } = readClaims(given) ?? {};
    const expiresOnTimestamp = typeof exp === "number" ? exp * 1000 : now() + hourMs;
    return { credential: fixed(given, expiresOnTimestamp), from: `the variable ${tokenVariable}`, isDummy: false };
  }
  if (isLoopback) return { credential: fixed(dummy, now() + hourMs), from: "a dummy, for loopback", isDummy: true };
  return { credential: await invocation.credential(cloud), from: "DefaultAzureCredential", isDummy: false };
}

function fixed(token: string, expiresOnTimestamp: number): TokenCredential {
  return { getToken: async () => ({ token, expiresOnTimestamp }) };
}
