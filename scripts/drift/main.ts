// `npm run drift -- <file or URL>`: the spec against Microsoft's published metadata, CSDL or OpenAPI.
// `--cloud usGovL4` says which cloud it speaks for, `--version beta` which version, `--json` prints for programs, `--timeout 5` bounds a download in seconds.
import { runTool } from "../tool/run-tool.ts";
import { drift } from "./drift.ts";

await runTool(drift);
