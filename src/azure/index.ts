// The entry "teams-recording-status/azure": the Azure credential that fits the cloud. The core never imports it.
export { type AzureCredentialOptions, azureCredential } from "./azure-credential.ts";
