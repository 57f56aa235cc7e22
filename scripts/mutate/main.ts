// `npm run mutate`: changes every constraint of the spec, one at a time, and asks the suites of the contract whether they notice.
// `-- --only "schemas › ReportableStatus"` tries a part only.
import { runTool } from "../tool/run-tool.ts";
import { mutate } from "./mutate.ts";

await runTool(mutate);
