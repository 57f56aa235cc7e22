// `npm run preview [-- --port 4011]`: serves the site on 127.0.0.1, with a mock of Graph behind it to try requests out on.
import { runTool } from "../tool/run-tool.ts";
import { preview } from "./preview.ts";

await runTool(preview);
