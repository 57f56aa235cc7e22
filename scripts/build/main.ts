// `npm run build`: dist/ from src/ and generated/, from scratch, so that nothing of an older build is packed.
import { rmSync } from "node:fs";
import { root } from "../tool/root.ts";
import { run } from "../tool/run.ts";
import { bundle } from "./bundle.ts";

rmSync(`${root}dist`, { recursive: true, force: true });
process.exitCode = await run("node", ["node_modules/typescript7/bin/tsc", "-p", "tsconfig.build.json"]);
if (process.exitCode === 0) await bundle();
