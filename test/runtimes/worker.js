// For workerd: what it is asked by a path, it does in that request. The client is made at module scope, once for all requests.
import { isRecordingStatusError } from "teams-recording-status";
import { remoteClient, smoke } from "./smoke.js";

/** Where the server is; the bundle has its address in the place of this word. */
const root = "http://root.invalid";
let asked = 0;
const graph = remoteClient(root, async () => {
  // The first asks an address that the test releases, so that another request comes meanwhile.
  const answer = await fetch(`${root}${asked++ === 0 ? "/held" : "/params"}`);
  return { token: /** @type {{ token: string }} */ (await answer.json()).token, expiresOnTimestamp: Date.now() + 3_600_000 };
});
/** Kept from one request to the next, as nobody should. @type {import("teams-recording-status").Recording | undefined} */
let kept;

/** @type {Readonly<Record<string, (callId: string) => Promise<unknown>>>} */
const pages = {
  "/smoke": () => smoke(root),
  "/report": async (callId) => (await graph.updateRecordingStatus(callId, { status: "recording" })).status,
  "/keep": async (callId) => {
    kept = await graph.startRecording(callId, { recorder: { start() {}, stop() {} } });
    return kept.state;
  },
  "/stop": async () => (await kept?.stop())?.reported,
};

export default {
  /** @param {Request} request */
  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    try {
      return Response.json(await pages[pathname]?.(searchParams.get("call") ?? ""));
    } catch (error) {
      return Response.json(isRecordingStatusError(error) ? { code: error.code, message: error.message } : { raw: String(error) });
    }
  },
};
