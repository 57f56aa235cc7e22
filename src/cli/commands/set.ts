import { readUpdate } from "../../input/call-input.ts";
import { isRecordingStatusError } from "../../model/any-error.ts";
import type { RecordingOperation } from "../../model/operation.ts";
import { isClosing } from "../../model/outcome.ts";
import type { RecordingClient } from "../../recording-client.ts";
import { updateRecordingStatusRequestSchema } from "../../wire.ts";
import { openClient } from "../client.ts";
import type { Command } from "../command.ts";
import { confirm, yesOption } from "../confirm.ts";
import { credentialHelp } from "../credential.ts";
import { exit, type Invocation, UsageError } from "../invocation.ts";
import { has, jsonOption, one, type Values } from "../options.ts";
import { inWordsOfOptions, readTarget, type Target, targetOptions, tenantOption } from "../target.ts";
import { errorLine, idsLine, tellError } from "../tell-error.ts";

/** What a person may report in a bot's place: that it does not record. */
const closing = updateRecordingStatusRequestSchema.properties.status.enum.filter(isClosing);

export const set: Command = {
  name: "set",
  summary: "Reports that a call is not recorded (any more), in the place of a bot that died.",
  about: [
    "For the engineer on call: a bot died, and the people in the call still see that it records. It says what it will do and asks, reports the status, and waits until Graph has confirmed it.",
    "It never reports `recording`: only the bot that records may say so.",
    credentialHelp,
  ],
  options: {
    call: { value: "ID", help: "The id of the call, as the bot has it (not of the meeting or chat).", isRequired: true },
    status: {
      value: closing.join("|"),
      help: "notRecording: the recording ended as it should. failed: it did not, or nobody knows.",
      isRequired: true,
    },
    ...targetOptions,
    context: { value: "TEXT", help: "Your mark, sent back by Graph (clientContext). Default: a fresh GUID." },
    tenant: tenantOption,
    yes: yesOption,
    json: jsonOption,
  },
  exits: {
    0: "Graph has confirmed the status.",
    1: "Graph refused it, or did not confirm it; or you said no.",
  },
  examples: [
    "set --call 57dab8b1-894c-409a-b240-bd8beae78896 --status failed",
    "set --call 57dab8b1-894c-409a-b240-bd8beae78896 --status notRecording --cloud usGovL4 --yes --json",
  ],
  async run(invocation, values) {
    const { callId, body } = readReport(values);
    const target = readTarget(values);
    const graph = await openClient(invocation, target);
    try {
      if (!(await confirm(invocation, values, aboutToDo(callId, body.status, target)))) {
        if (has(values, "json")) invocation.out(JSON.stringify({ callId, status: body.status, result: "declined" }));
        return exit.bad;
      }
      return await report(invocation, values, graph, { callId, body });
    } finally {
      await graph.close();
    }
  },
};

type Report = { readonly callId: string; readonly body: { readonly status: (typeof closing)[number]; readonly clientContext: string } };

function readReport(values: Values): Report {
  const status = closing.find((name) => name === one(values, "status"));
  if (status === undefined) throw badStatus(one(values, "status"));
  const update = { status, clientContext: one(values, "context") ?? crypto.randomUUID() };
  return { callId: inWordsOfOptions(() => readUpdate(one(values, "call"), update).callId), body: update };
}

function badStatus(given: string | undefined): UsageError {
  if (given !== "recording") return new UsageError(`--status must be ${closing.join(" or ")}, not ${JSON.stringify(given)}.`);
  return new UsageError(
    "set never reports recording: it tells the people in the call that they are recorded, and only the bot that records may say so.",
  );
}

function aboutToDo(callId: string, status: string, { endpoint, cloud, isLoopback }: Target): string[] {
  return [
    `This reports ${JSON.stringify(status)} for call ${callId}`,
    `to ${endpoint.baseUrl}${isLoopback ? "" : ` (cloud ${cloud})`}. The people in the call will no longer see that it is recorded, so that must be true:`,
    "first make sure that the bot is dead, or persists nothing of this call any more.",
  ];
}

type Ended = { readonly result: "completed" | "failed" | "unknown"; readonly operation?: RecordingOperation; readonly error?: unknown };

async function report({ out, err, signal }: Invocation, values: Values, graph: RecordingClient, { callId, body }: Report): Promise<number> {
  const tenantId = one(values, "tenant");
  const options = { signal, ...(tenantId !== undefined && { tenantId }) };
  const ended = await send(graph, { callId, body }, options);
  const { result, operation, error } = ended;
  if (has(values, "json")) {
    const told = error === undefined ? null : tellError(error);
    const ids = {
      operationId: operation?.id ?? null,
      requestId: operation?.requestId ?? told?.requestId ?? null,
      clientRequestId: operation?.clientRequestId ?? told?.clientRequestId ?? null,
    };
    out(JSON.stringify({ callId, ...body, result, ...ids, error: told }));
  }
  if (error !== undefined) {
    // Whoever pressed Ctrl-C hears whether the report may be in effect; without a token nothing was asked.
    if (signal.aborted || tellError(error).code === "CREDENTIAL") throw error;
    err(errorLine(error));
    err(result === "unknown" ? notConfirmed : "Graph did not take it: the people in the call see what they saw before.");
    return exit.bad;
  }
  if (!has(values, "json") && operation !== undefined) {
    out(`Graph has confirmed ${JSON.stringify(body.status)} for call ${callId}: operation ${operation.id} is completed.`);
    out(`${idsLine({ requestId: operation.requestId ?? null, clientRequestId: operation.clientRequestId })}`);
  }
  return exit.ok;
}

const notConfirmed = "It is not known whether the status is in effect: ask somebody in the call, or run the command again.";

/** Whatever becomes of the report is an answer. */
async function send(graph: RecordingClient, { callId, body }: Report, options: { readonly signal: AbortSignal }): Promise<Ended> {
  let operation: RecordingOperation | undefined;
  try {
    operation = await graph.updateRecordingStatus(callId, body, options);
    if (operation.status !== "completed") operation = await graph.waitForOperation(callId, operation, { ...options, deadlineMs: 20_000 });
    return { result: "completed", operation };
  } catch (error) {
    if (!isRecordingStatusError(error)) throw error;
    const isUnknown = error.mayBeInEffect || error.code === "OUTCOME_UNKNOWN";
    return { result: isUnknown ? "unknown" : "failed", error, ...(operation && { operation }) };
  }
}
