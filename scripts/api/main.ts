// `npm run api`: writes the report of the public API, test/types/public-api/. With --check it writes nothing and fails if they differ.
// `-- --generated <folder> --json` prints the report, and what would not compile, for the generated files of another folder.
import { runTool } from "../tool/run-tool.ts";
import { api } from "./api.ts";

await runTool(api);
