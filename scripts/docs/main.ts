// `npm run docs`: a static site from the spec and the code, site/. It opens from the disk and asks for nothing from the network.
import { readdirSync, statSync } from "node:fs";
import { parseArgs } from "node:util";
import { root } from "../tool/root.ts";
import { runTool } from "../tool/run-tool.ts";

async function main(): Promise<number> {
  parseArgs({ options: {} });
  const began = performance.now();
  // After the arguments: TypeDoc takes a while to load.
  const [{ buildSite }, { replaceSite, sitePath }] = await Promise.all([import("./build-site.ts"), import("./swap.ts")]);
  await replaceSite(buildSite);
  const files = readdirSync(root + sitePath, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = files.reduce((sum, { parentPath, name }) => sum + statSync(`${parentPath}/${name}`).size, 0);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${sitePath} written: ${files.length} files, ${(bytes / 1e6).toFixed(1)} MB, in ${seconds} s.
Open ${sitePath}index.html in a browser, or run \`npm run preview\` to try requests out against a mock.`);
  return 0;
}

await runTool(main);
