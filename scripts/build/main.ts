// `npm run build`: dist/ from src/ and generated/, from scratch, so that nothing of an older build is packed.
import { rmSync } from "node:fs";
import { root } from "../tool/root.ts";
import { run } from "../tool/run.ts";

rmSync(`${root}dist`, { recursive: true, force: true });
process.exitCode = await run("node", ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"]);
