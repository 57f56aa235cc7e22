import type { DefaultAzureCredentialClientIdOptions, DefaultAzureCredentialResourceIdOptions } from "@azure/identity";
import type { TokenCredential } from "../auth/credential.ts";
import { cloudEndpoint } from "../input/endpoint.ts";
import { AbortedError, BadInputError, CredentialError } from "../model/errors.ts";
import { isBag, own } from "../util/own.ts";
import type { Cloud } from "../wire.ts";

/** Options of `azureCredential`: the cloud, and everything that `DefaultAzureCredential` takes. */
export type AzureCredentialOptions = (DefaultAzureCredentialClientIdOptions | DefaultAzureCredentialResourceIdOptions) & {
  /** The cloud whose Entra gives the token: the same as the client's. @default "global" */
  cloud?: Cloud | undefined;
  /**
   * Another authority, https only: for private clouds and tests. The variable AZURE_AUTHORITY_HOST is not read: the cloud decides.
   * @default the authority host of the cloud
   */
  authorityHost?: string;
};

/** The part of @azure/identity that is used. */
export type AzureIdentity = { readonly DefaultAzureCredential: new (options: AzureCredentialOptions) => TokenCredential };

/**
 * A `DefaultAzureCredential` for the client, with the authority host that belongs to the cloud. Needs the package `@azure/identity`, which is
 * loaded at the first `getToken` and not before; then one `DefaultAzureCredential` is made and kept. What `getToken` is asked is passed on
 * as it is: abort signal, tenant, claims and `enableCae`.
 *
 * `getToken` rejects with `CREDENTIAL` when `@azure/identity` cannot be loaded, with `ABORTED` when its signal was aborted meanwhile, else with
 * the error of `@azure/identity`. A failure to load or to make the credential is not kept: the next call tries again.
 * @example
 * ```ts
 * import { createRecordingClient } from "teams-recording-status";
 * import { azureCredential } from "teams-recording-status/azure";
 *
 * const graph = createRecordingClient({ credential: azureCredential({ cloud: "usGovL4" }), cloud: "usGovL4" });
 * ```
 * @throws {BadInputError} code `BAD_INPUT`: an option cannot be used.
 * @throws {UnsupportedCloudError} code `UNSUPPORTED_CLOUD`: the cloud has no `updateRecordingStatus`.
 * @see https://learn.microsoft.com/javascript/api/@azure/identity/defaultazurecredential
 * @see https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud
 */
export function azureCredential(options: AzureCredentialOptions = {}): TokenCredential {
  return createAzureCredential(options, () => import("@azure/identity"));
}

/** `azureCredential` with the module that it uses. Internal, for tests. */
export function createAzureCredential(options: unknown, loadIdentity: () => Promise<AzureIdentity>): TokenCredential {
  const settings = readOptions(options);
  let making: Promise<TokenCredential> | undefined;
  const make = async () => {
    const { DefaultAzureCredential } = await load(loadIdentity);
    return new DefaultAzureCredential(settings);
  };
  return {
    async getToken(scopes, tokenOptions) {
      making ??= make().catch((error) => {
        making = undefined;
        throw error;
      });
      const credential = await making;
      const signal = tokenOptions?.abortSignal;
      // @azure/identity 4.14 does not look at the signal of client secrets and certificates: what is not wanted any more is not asked for.
      if (signal?.aborted) throw new AbortedError("azureCredential: the token is not wanted any more.", { cause: signal.reason });
      return credential.getToken(scopes, tokenOptions);
    },
  };
}

/** Whether the package is there, before anything is asked of it. Internal. @throws {CredentialError} code `CREDENTIAL` */
export async function requireIdentity(): Promise<void> {
  await load(() => import("@azure/identity"));
}

async function load(loadIdentity: () => Promise<AzureIdentity>): Promise<AzureIdentity> {
  try {
    return await loadIdentity();
  } catch (cause) {
    const hint = "Run: npm install @azure/identity";
    throw new CredentialError("azureCredential: the package @azure/identity could not be loaded.", { cause, hint });
  }
}

/** Reads the options once. @throws BAD_INPUT, UNSUPPORTED_CLOUD */
function readOptions(options: unknown): AzureCredentialOptions {
  if (!isBag(options)) throw refuse("the options must be an object.");
  const { cloud: _, authorityHost: __, ...rest } = options;
  const [cloud = "global", authorityHost] = [own(options, "cloud"), own(options, "authorityHost")];
  if (typeof cloud !== "string") throw refuse("cloud must be a string.");
  // Every cloud with the action has it in v1.0, and the authority is the same for all versions.
  const home = cloudEndpoint(cloud, "v1.0", "azureCredential").authorityHost;
  if (authorityHost === undefined) return { ...rest, authorityHost: home };
  // DefaultAzureCredential keeps such a mistake to itself: its chain then ends with "Failed to retrieve a valid token".
  if (typeof authorityHost !== "string" || !authorityHost.startsWith("https://") || !URL.canParse(authorityHost)) {
    throw refuse("authorityHost must be an absolute https URL.");
  }
  return { ...rest, authorityHost };
}

function refuse(problem: string): BadInputError {
  return new BadInputError(`azureCredential: ${problem}`);
}
