// A bot whose environment names a proxy: `node proxy-child.ts <base URL>` reports once, by the global fetch.
import { createRecordingClient } from "../../src/index.ts";
import { credential } from "./wire.ts";

await using graph = createRecordingClient({ baseUrl: process.argv[2] ?? "", credential });
console.log((await graph.updateRecordingStatus("my-call", { status: "notRecording" })).status);
