import { type Open, pathOf, token, update } from "./client.ts";

type ParseNode = { getStringValue(): unknown };

/** What Microsoft's SDK sends requests by; its builders for calls are made of this. It reads the answer as its models do. */
export const open: Open = async (baseUrl) => {
  const { GraphRequestAdapter } = await import("@microsoft/msgraph-sdk");
  const { AllowedHostsValidator, BaseBearerTokenAuthenticationProvider, HttpMethod, RequestInformation } = await import(
    "@microsoft/kiota-abstractions"
  );
  const hosts = new AllowedHostsValidator(new Set([new URL(baseUrl).hostname]));
  const provider = { getAuthorizationToken: async () => token, getAllowedHostsValidator: () => hosts };
  const adapter = new GraphRequestAdapter(new BaseBearerTokenAuthenticationProvider(provider));
  const read: { id?: unknown; status?: unknown } = {};
  const fields = {
    id: (node: ParseNode) => {
      read.id = node.getStringValue();
    },
    status: (node: ParseNode) => {
      read.status = node.getStringValue();
    },
  };
  return async (callId) => {
    const request = new RequestInformation(HttpMethod.POST);
    request.URL = baseUrl + pathOf(callId);
    request.headers.add("accept", "application/json");
    request.setStreamContent(new TextEncoder().encode(JSON.stringify(update)).buffer as ArrayBuffer, "application/json");
    await adapter.send(request, (() => () => fields) as never, undefined);
    return { ...read };
  };
};
