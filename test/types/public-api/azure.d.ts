// The public API of "teams-recording-status/azure": what a consumer's compiler sees, without comments. What is not exported is here because something exported
// refers to it. Made by `npm run api`: do not edit.

import { DefaultAzureCredentialClientIdOptions, DefaultAzureCredentialResourceIdOptions } from "@azure/identity";
type TokenCredential = {
  getToken(scopes: string | string[], options?: TokenRequestOptions): Promise<AccessToken | null>;
};
type TokenRequestOptions = {
  abortSignal?: AbortSignal;
  tenantId?: string;
  claims?: string;
  enableCae?: boolean;
};
type AccessToken = {
  token: string;
  expiresOnTimestamp: number;
  refreshAfterTimestamp?: number;
};
declare const clouds: {
  readonly global: {
    readonly authorityHost: "https://login.microsoftonline.com";
    readonly tokenScope: "https://graph.microsoft.com/.default";
    readonly versions: {
      readonly "v1.0": "https://graph.microsoft.com/v1.0";
      readonly beta: "https://graph.microsoft.com/beta";
    };
  };
  readonly usGovL4: {
    readonly authorityHost: "https://login.microsoftonline.us";
    readonly tokenScope: "https://graph.microsoft.us/.default";
    readonly versions: {
      readonly "v1.0": "https://graph.microsoft.us/v1.0";
    };
  };
  readonly usGovL5: {
    readonly authorityHost: "https://login.microsoftonline.us";
    readonly tokenScope: "https://dod-graph.microsoft.us/.default";
    readonly versions: {
      readonly "v1.0": "https://dod-graph.microsoft.us/v1.0";
    };
  };
};
type Cloud = keyof typeof clouds;
type AzureCredentialOptions = (DefaultAzureCredentialClientIdOptions | DefaultAzureCredentialResourceIdOptions) & {
  cloud?: Cloud | undefined;
  authorityHost?: string;
};
declare function azureCredential(options?: AzureCredentialOptions): TokenCredential;
export {
  type AzureCredentialOptions,
  azureCredential,
};
