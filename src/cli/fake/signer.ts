import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { notificationToken } from "../../wire.ts";

/** Signs notifications as Graph does, with a key that this process made. */
export type Signer = {
  sign(): Promise<string>;
  /** The published key: what `jwks_uri` of the OpenID configuration leads to. */
  readonly keys: { readonly keys: readonly object[] };
};

/** The tenant of every call of the fake. */
const tenant = "00000000-0000-4000-8000-00000000000a";

/** Makes a signer for the bot with this app id. */
export async function createSigner(audience: string): Promise<Signer> {
  const { algorithm, issuers, tenantClaim } = notificationToken;
  const { privateKey, publicKey } = await generateKeyPair(algorithm);
  const kid = crypto.randomUUID();
  return {
    keys: { keys: [{ ...(await exportJWK(publicKey)), kid, alg: algorithm, use: "sig" }] },
    sign: () =>
      new SignJWT({ [tenantClaim]: tenant })
        .setProtectedHeader({ alg: algorithm, kid })
        .setIssuer(issuers[0])
        .setAudience(audience)
        .setIssuedAt()
        .setNotBefore("0s")
        .setExpirationTime("5m")
        .sign(privateKey),
  };
}
