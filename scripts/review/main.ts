// `npm run review [-- --base <git ref>]`: what an edit of the spec does, and whether somebody must decide about it.
import { keepCompiledCode } from "../tool/compile-cache.ts";
import { runTool } from "../tool/run-tool.ts";
import { review } from "./review.ts";

// A second review has a quarter less to do.
keepCompiledCode();
await runTool(review);
