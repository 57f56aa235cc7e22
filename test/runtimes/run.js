// For runtimes with a command line: node run.js <root>, deno run -A run.js <root>, bun run.js <root>. One line of JSON.
import { createRequire } from "node:module";
import { argv } from "node:process";
import { smoke } from "./smoke.js";

const results = await smoke(argv[2] ?? "");
let said = "";
try {
  const { createRecordingClient } = createRequire(import.meta.url)("teams-recording-status");
  if (typeof createRecordingClient !== "function") said = "it has no createRecordingClient";
} catch (error) {
  said = String(error);
}
console.log(JSON.stringify([...results, { name: "require()", said }]));
