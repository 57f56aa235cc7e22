// Notifications as Graph posts them.
import { operationOnTheWire } from "../support/on-the-wire.ts";

export const callId = "57dab8b1-894c-409a-b240-bd8beae78896";
export const operationId = "0fe0623f-d628-42ed-b4bd-8ac290072cc5";

/** As the documentation writes ids. */
export const inUpperCase = (id: string) => id.replaceAll("-", "").toUpperCase();

/** The body of one POST. */
export const body = (...value: readonly unknown[]) => ({ "@odata.type": "#microsoft.graph.commsNotifications", value });

type Told = { readonly call?: string; readonly id?: string | undefined; readonly status?: unknown; readonly context?: string | null };

/** What live traffic says of an operation that has ended. */
export function operation({ call = callId, id = operationId, status = "completed", context = null }: Told = {}, more: object = {}) {
  const path = `calls/${call}/operations/${id}`;
  return {
    "@odata.type": "#microsoft.graph.commsNotification",
    changeType: "deleted",
    resource: `/app/${path}`,
    resourceUrl: `/communications/${path}`,
    resourceData: {
      id,
      ...operationOnTheWire({
        "@odata.type": "#microsoft.graph.updateRecordingStatusOperation",
        clientContext: context,
        status,
        resultInfo: { code: status === "failed" ? 500 : 200, subcode: 0, message: "As posted." },
      }),
    },
    ...more,
  };
}

/** The same without an id anywhere. */
export function namelessOperation({ call = callId, status = "completed", context = null }: Told = {}) {
  const { id: _, ...resourceData } = operation({ call, status, context }).resourceData;
  return { changeType: "deleted", resourceUrl: `/communications/calls/${call}/operations`, resourceData };
}

/** What is told of a call itself. */
export function call(state: string, { changeType = "updated", id = callId }: { readonly changeType?: string; readonly id?: string } = {}) {
  return { changeType, resourceUrl: `/communications/calls/${id}`, resourceData: { "@odata.type": "#microsoft.graph.call", id, state } };
}
