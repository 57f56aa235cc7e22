// One suite for every runtime, against the packed tarball. `root` is the server of server.js. Resolves with what each test said, empty when it passed.
import { createRecordingClient, isRecordingStatusError } from "teams-recording-status";
import { createNotificationHandler, createNotificationVerifier } from "teams-recording-status/notifications";
import { createFakeGraph } from "teams-recording-status/testing";

const callId = "57dab8b1-894c-409a-b240-bd8beae78896";

/** @param {unknown} found @param {unknown} expected */
function same(found, expected) {
  const [is, should] = [JSON.stringify(found), JSON.stringify(expected)];
  if (is !== should) throw new Error(`${is} instead of ${should}`);
}

function setUp() {
  const fake = createFakeGraph();
  fake.addCall(callId);
  const graph = createRecordingClient({ baseUrl: fake.baseUrl, fetch: fake.fetch, credential: fake.credential }, fake.clock);
  return { fake, graph };
}

/** @param {string} root */
export const remoteClient = (root, getToken = askForToken(root)) =>
  createRecordingClient({ baseUrl: `${root}/v1.0`, credential: { getToken } });

/** @param {string} root */
function askForToken(root) {
  return async () => ({ token: (await ask(root)).token, expiresOnTimestamp: Date.now() + 3_600_000 });
}

/** @param {string} root */
async function ask(root) {
  return /** @type {{ token: string, signed: string, forged: string, audience: string }} */ (await (await fetch(`${root}/params`)).json());
}

/** @type {Readonly<Record<string, (root: string) => Promise<void>>>} */
const tests = {
  "the fake": async () => {
    const { fake, graph } = setUp();
    const operation = await graph.updateRecordingStatus(callId, { status: "recording" });
    same([operation.status, fake.statusOf(callId)], ["completed", "recording"]);
    await graph.close();
  },
  "a recording into a stream": async () => {
    const { fake, graph } = setUp();
    async function* transcript() {
      yield "Let us ";
      yield "begin.";
    }
    await graph.withRecording(callId, { recorder: fake.recorder(callId) }, (permit) => permit.pipe(transcript(), fake.sink(callId)));
    same(fake.history.flatMap((event) => (event.type === "persisted" ? event.chunk : [])).join(""), "Let us begin.");
    same([fake.statusOf(callId), fake.violations()], ["notRecording", []]);
    await graph.close();
  },
  "an error": async () => {
    const { fake, graph } = setUp();
    fake.script({ status: 403, code: "8506" });
    const error = await graph.updateRecordingStatus(callId, { status: "recording" }).catch((thrown) => thrown);
    if (!isRecordingStatusError(error) || error.code !== "HTTP") throw error;
    same([error.status, error.commsCode, error.mayBeInEffect], [403, 8506, false]);
    await graph.close();
  },
  "an HTTP round trip": async (root) => {
    const graph = remoteClient(root);
    same((await graph.updateRecordingStatus(callId, { status: "recording" })).status, "completed");
    same((await graph.updateRecordingStatus(callId, { status: "notRecording" })).status, "completed");
    await graph.close();
  },
  "a signed notification": async (root) => {
    const { graph } = setUp();
    const { signed, forged, audience } = await ask(root);
    const verifier = createNotificationVerifier({ audience, openIdConfigurationUrl: `${root}/openid` });
    const handle = createNotificationHandler(graph, verifier);
    const resourceUrl = `/communications/calls/${callId}`;
    const body = {
      value: [{ changeType: "updated", resourceUrl, resourceData: { "@odata.type": "#microsoft.graph.call", state: "established" } }],
    };
    const post = (/** @type {string} */ token) => {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      return handle(new Request("https://bot.example/notifications", { method: "POST", headers, body: JSON.stringify(body) }));
    };
    same([(await post(signed)).status, (await post(forged)).status], [202, 401]);
    await graph.close();
  },
};

/** @param {string} root */
export async function smoke(root) {
  const results = [];
  for (const [name, run] of Object.entries(tests)) {
    try {
      await run(root);
      results.push({ name, said: "" });
    } catch (error) {
      results.push({ name, said: String((error instanceof Error && error.stack) || error) });
    }
  }
  return results;
}
