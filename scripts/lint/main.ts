// `npm run lint:spec`: Redocly with the project's rules. Its telemetry and its look for newer versions stay off: nothing leaves the machine.

import { specPath } from "../spec/document.ts";
import { run } from "../tool/run.ts";

const quiet = { REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
const files = process.argv.length > 2 ? process.argv.slice(2) : [specPath];
process.exitCode = await run("redocly", ["lint", "--config", "openapi/redocly.yaml", "--format", "stylish", ...files], quiet);
