// Throw-away certificates for tests, made by openssl when a test runs. Nothing of them stays on disk or in the repository.
import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { promisify } from "node:util";

/** A private key and its self-signed certificate, as PEM. */
export type KeyPair = { readonly key: string; readonly certificate: string };

/** Whether this machine can make certificates. */
export function hasOpenssl(): boolean {
  return spawnSync("openssl", ["version"]).status === 0;
}

/**
 * A certificate for `localhost`. It signs itself and nobody else, so to trust it is to trust that one server.
 * @throws what openssl says, when it fails
 */
export function makeServerKeyPair(): Promise<KeyPair> {
  const names = ["-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE"];
  return makeKeyPair("localhost", ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", ...names]);
}

/** The certificate of an app: RSA, since that is what Entra's client assertions are signed with. */
export function makeAppKeyPair(): Promise<KeyPair> {
  return makeKeyPair("recording-bot-of-a-test", ["-newkey", "rsa:2048"]);
}

async function makeKeyPair(commonName: string, kind: readonly string[]): Promise<KeyPair> {
  const folder = await mkdtemp(join(tmpdir(), "trs-certificate-"));
  try {
    const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
    const request = ["req", "-x509", "-nodes", "-days", "1", "-subj", `/CN=${commonName}`];
    await promisify(execFile)("openssl", [...request, ...kind, "-keyout", key, "-out", certificate]);
    return { key: await readFile(key, "utf8"), certificate: await readFile(certificate, "utf8") };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Makes this process trust a certificate too, until the function that it returns is called. */
export function trust(certificate: string): () => void {
  const before = getCACertificates("default");
  setDefaultCACertificates([...before, certificate]);
  return () => setDefaultCACertificates(before);
}
