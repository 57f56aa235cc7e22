/**
 * The generated, policy-free fetch client and its types.
 * @module
 */
export {
  type ClientOptions,
  type components,
  createFetchClient,
  type FetchClient,
  type operations,
  type paths,
  type webhooks,
} from "./wire.ts";
