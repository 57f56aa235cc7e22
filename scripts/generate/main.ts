// `npm run generate`: compiles openapi/recording-status.yaml into generated/. With --check it writes nothing and fails if they differ.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readSpecText, specPath } from "../spec/document.ts";
import { root } from "../tool/root.ts";
import { runTool } from "../tool/run-tool.ts";
import { fix, generate, staleFiles } from "./compile.ts";

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
  const folder = `${root}generated/`;
  const files = await generate(readSpecText());
  const stale = staleFiles(folder, files);
  if (values.check) {
    if (stale.length > 0) console.error(`generated/ is stale or was edited by hand:\n  ${stale.join("\n  ")}\nRun: ${fix}`);
    else console.log(`generated/ agrees with ${specPath}.`);
    return stale.length > 0 ? 1 : 0;
  }
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (!files.has(name)) rmSync(folder + name, { recursive: true });
  for (const [name, text] of files) writeFileSync(folder + name, text);
  console.log(stale.length === 0 ? "generated/ was up to date." : `generated/ written:\n  ${stale.join("\n  ")}`);
  return 0;
}

await runTool(main);
