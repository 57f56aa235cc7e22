// `npm run mock -- --port 4010`: serves the spec with Prism's command line until it is stopped. Every option of `prism mock` works.
import { run } from "./run.ts";
import { specPath } from "./spec.ts";

process.exitCode = await run("prism", ["mock", specPath, ...process.argv.slice(2)]);
