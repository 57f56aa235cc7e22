import { readdirSync, statSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Tool } from "../tool/run-tool.ts";
import type { ReadApi } from "./build-site.ts";

/** `npm run docs`: builds the site and puts it in its place. */
export const docs: Tool = (invocation) => docsWith(undefined)(invocation);

/** The same with another reader of the code. */
export function docsWith(readApi: ReadApi | undefined): Tool {
  return async ({ args, root, out }) => {
    parseArgs({ args: [...args], options: {} });
    const began = performance.now();
    // After the arguments: TypeDoc takes a while to load.
    const [{ buildSite }, { replaceSite, sitePath }] = await Promise.all([import("./build-site.ts"), import("./swap.ts")]);
    await replaceSite(root, (folder) => buildSite(root, folder, readApi));
    const files = readdirSync(root + sitePath, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const bytes = files.reduce((sum, { parentPath, name }) => sum + statSync(`${parentPath}/${name}`).size, 0);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    out(`${sitePath} written: ${files.length} files, ${(bytes / 1e6).toFixed(1)} MB, in ${seconds} s.
Open ${sitePath}index.html in a browser, or run \`npm run preview\` to try requests out against a mock.`);
    return 0;
  };
}
