// Run by itself: uses a client against the given server, in the given way, closes it, and has nothing more to do. The process must end.
import { createRecordingClient } from "../../src/index.ts";

const [baseUrl = "", way = ""] = process.argv.slice(2);
const hang = () => new Promise<never>(() => {});
let asked = 0;
const getToken = async () => {
  if (++asked > 1 && way === "refresh") return await hang();
  const now = Date.now();
  return { token: "a-token", expiresOnTimestamp: now + 3_600_000, ...(way === "refresh" ? { refreshAfterTimestamp: now - 1 } : {}) };
};
const graph = createRecordingClient({ baseUrl, credential: { getToken } });
const tokenless = createRecordingClient({ baseUrl, credential: { getToken: hang } });
const outcome = (call: Promise<{ status: string | null }>) =>
  call.then(
    ({ status }) => status,
    ({ code }) => code,
  );
const send = (id: string) => outcome(graph.updateRecordingStatus(id, { status: "recording" }));

const done: unknown[] = [];
const underWay: Promise<unknown>[] = [];
if (way === "busy") {
  underWay.push(...["stalled", "stalled", "throttled", "body"].map(send));
  underWay.push(outcome(graph.waitForOperation("throttled", { id: "1", status: "running" })));
  underWay.push(outcome(tokenless.updateRecordingStatus("free", { status: "recording" })));
} else done.push(await send("free"), await send("free"));
await new Promise((resolve) => setTimeout(resolve, 300));
await Promise.all([graph.close(), tokenless.close()]);
console.log(JSON.stringify([...done, ...(await Promise.all(underWay)), await send("free")]));
