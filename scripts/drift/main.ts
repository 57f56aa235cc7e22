// `npm run drift -- <file or URL>`: the spec against Microsoft's published metadata, CSDL or OpenAPI.
// `npm run drift -- --live`: against what Microsoft publishes now, of each cloud. `--help` lists the options.
import { runTool } from "../tool/run-tool.ts";
import { drift } from "./drift.ts";

await runTool(drift);
