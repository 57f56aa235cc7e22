/**
 * The Azure credential that fits the cloud. The core never imports it.
 * @module
 */
export { type AzureCredentialOptions, azureCredential } from "./azure-credential.ts";
