// What Graph posts to a bot's webhook: what is true of a report's operation, and noise that must grant nothing.

/** How Graph tells that the operation of a report has ended. */
export type Telling = {
  /** Before the answer to the report, rather than when the operation becomes final after it. */
  readonly early: boolean;
  readonly times: 1 | 2;
  readonly names: "id" | "context" | "both";
  /** Paths and ids as they were once written. */
  readonly isOld: boolean;
};

/** What says nothing of the report, in ways that come near. */
export type Noise = {
  readonly afterMs: number;
  readonly what: "otherOperation" | "otherCall" | "running" | "unknownStatus" | "otherContext" | "callLives";
};

export type Told = {
  readonly callId: string;
  readonly operationId: string | undefined;
  readonly clientContext: string | null;
  readonly status: unknown;
  readonly isOld?: boolean;
};

export function notificationOf({ callId, operationId, clientContext, status, isOld = false }: Told): unknown {
  const spelt = (id: string) => (isOld ? id.replaceAll("-", "").toUpperCase() : id);
  const path = `calls/${spelt(callId)}/operations${operationId === undefined ? "" : `/${spelt(operationId)}`}`;
  const data = { "@odata.type": "#microsoft.graph.updateRecordingStatusOperation", clientContext, status };
  return {
    changeType: isOld ? "Deleted" : "deleted",
    ...(isOld ? { resource: `/app/${path}` } : { resourceUrl: `/communications/${path}` }),
    resourceData: operationId === undefined ? data : { ...data, id: spelt(operationId) },
  };
}

export function callEndedNotification(callId: string): unknown {
  return { changeType: "deleted", resourceUrl: `/communications/calls/${callId}`, resourceData: { id: callId, state: "terminated" } };
}

/** A true telling, as it names the operation. */
export function trueTelling({ names, isOld }: Telling, told: Told): unknown {
  return notificationOf({
    ...told,
    isOld,
    operationId: names === "context" ? undefined : told.operationId,
    clientContext: names === "id" ? null : told.clientContext,
  });
}

export function noiseOf(what: Noise["what"], told: Told): unknown {
  const completed = { ...told, status: "completed" };
  switch (what) {
    case "otherOperation":
      return notificationOf({ ...completed, operationId: "00000000-0000-4000-8000-00000000000e" });
    case "otherCall":
      return notificationOf({ ...completed, callId: "00000000-0000-4000-8000-00000000000c" });
    case "running":
      return notificationOf({ ...told, status: "running" });
    case "unknownStatus":
      return notificationOf({ ...told, status: "completedWithWarnings" });
    case "otherContext":
      return notificationOf({ ...completed, operationId: undefined, clientContext: "another" });
    case "callLives":
      return { changeType: "updated", resourceUrl: `/communications/calls/${told.callId}`, resourceData: { state: "established" } };
  }
}
