// `npm start`: the documented exchange, a refused one and a whole recording, run by the client against a mock of Graph that is made from the
// same spec; then a start that a notification confirms, and a bot that crashes, against a fake.
import { type AnyRecordingStatusError, createRecordingClient, isRecordingStatusError } from "teams-recording-status";
import { startMockGraph } from "teams-recording-status/testing";
import { showCrash } from "./crash.ts";
import { showSignedNotification } from "./signed-notification.ts";
import { showRecording } from "./timeline.ts";

const callId = "57dab8b1-894c-409a-b240-bd8beae78896";
const mock = await startMockGraph();

/** The client as in production, but for the address, the token, and the wish for one of the spec's examples (`Prefer`). */
function connect(example?: string) {
  return createRecordingClient({
    baseUrl: mock.url,
    credential: { getToken: async () => ({ token: "token-for-the-mock", expiresOnTimestamp: Date.now() + 3_600_000 }) },
    fetch: (url, init) => {
      const headers = new Headers(init.headers);
      if (example !== undefined) headers.set("prefer", example);
      return fetch(url, { ...init, headers });
    },
  });
}

function tellError(error: AnyRecordingStatusError) {
  console.log(`  refused: ${error.code}`);
  if (error.code === "HTTP") {
    console.log(`  status:  ${error.status}, communications code ${error.commsCode} ("${error.graphMessage}")`);
    console.log(`  support: request-id ${error.requestId}, client-request-id ${error.clientRequestId}`);
  }
  console.log(`  do next: ${error.hint}`);
}

try {
  console.log(`A mock of Microsoft Graph, made from openapi/recording-status.yaml, listens on ${mock.url}.\n`);

  console.log("1. The documented exchange: report that recording is about to begin.");
  console.log(`  POST /communications/calls/${callId}/updateRecordingStatus`);
  console.log(`  { "status": "recording", "clientContext": "clientContext-value" }`);
  const operation = await connect().updateRecordingStatus(callId, { status: "recording", clientContext: "clientContext-value" });
  console.log(`  answer:  operation ${operation.id} is ${operation.status}`);
  console.log(`  context: ${operation.clientContext}`);
  console.log(`  address: ${operation.location}`);
  console.log("  Completed: from here on, and not before, the bot may record.\n");

  console.log("2. An exchange that Graph refuses: the bot did not enter the call by a recording policy.");
  try {
    await connect("code=403, example=notPolicyRecordingCall").updateRecordingStatus(callId, { status: "recording" });
    throw new Error("The mock accepted what it was asked to refuse.");
  } catch (error) {
    if (!isRecordingStatusError(error)) throw error;
    tellError(error);
  }
  console.log("  Refused: nothing of the call may be recorded.\n");

  console.log("3. A whole recording in the compliant order, with a transcript written to a file.");
  await showRecording(mock.url, callId);

  console.log("\n4. A start that Graph's answer leaves open, and that a signed notification confirms.");
  await showSignedNotification(callId);

  console.log("\n5. A bot that dies in mid-recording, and the next process that cleans up.");
  await showCrash(callId);
} finally {
  await mock.close();
}
