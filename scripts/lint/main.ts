// `npm run lint:spec [-- <file>…]`: the spec against Redocly's rules, ours, and OpenAPI's official schema. Nothing leaves the machine.
import { keepCompiledCode } from "../tool/compile-cache.ts";
import { runTool } from "../tool/run-tool.ts";
import { lintSpec } from "./lint-spec.ts";

keepCompiledCode();
await runTool(lintSpec);
