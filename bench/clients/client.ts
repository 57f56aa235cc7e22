/** One report by one client: what came back as the operation, as that client gives it. */
export type Report = (callId: string) => Promise<Answered>;
export type Answered = { readonly id?: unknown; readonly status?: unknown };

/** Opens a client on a service root such as `http://127.0.0.1:1234/v1.0`. What it loads, it loads here: a cold start counts it. */
export type Open = (baseUrl: string) => Promise<Report>;

export const token = "dummy-token-of-at-least-sixteen-characters";
export const update = { clientContext: "clientContext-value", status: "recording" } as const;
export const pathOf = (callId: string): string => `/communications/calls/${callId}/updateRecordingStatus`;
export const headers = { authorization: `Bearer ${token}`, "content-type": "application/json", accept: "application/json" } as const;
