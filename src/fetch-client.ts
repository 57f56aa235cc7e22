// The entry "teams-recording-status/client": the generated, policy-free fetch client and its types.
export {
  type ClientOptions,
  type components,
  createFetchClient,
  type FetchClient,
  type operations,
  type paths,
  type webhooks,
} from "./wire.ts";
