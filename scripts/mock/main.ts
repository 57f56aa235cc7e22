// `npm run mock -- --port 4010`: serves the spec with Prism's command line until it is stopped. Every option of `prism mock` works.

import { specPath } from "../spec/document.ts";
import { run } from "../tool/run.ts";

process.exitCode = await run("prism", ["mock", specPath, ...process.argv.slice(2)]);
