// Run by itself, because a client that loops would never come back: a `fetch` whose errors refer to each other.
import { createRecordingClient } from "../../src/index.ts";

const error = new Error("inner");
error.cause = new Error("outer", { cause: error });
const graph = createRecordingClient({
  baseUrl: "http://127.0.0.1:9",
  credential: { getToken: async () => ({ token: "a-token", expiresOnTimestamp: Date.now() + 3_600_000 }) },
  fetch: async () => {
    throw error;
  },
  retry: { limit: 0 },
});
await graph.updateRecordingStatus("c", { status: "recording" }).catch(({ code }) => console.log(code));
