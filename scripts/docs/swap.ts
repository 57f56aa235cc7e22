import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { BadInput } from "../tool/bad-input.ts";

/** The site's folder, and the file in it that says from what it was made. */
export const sitePath = "site/";
export const stampName = "inputs.sha256";

/** Lets `build` fill a new folder beside the site and puts it in the site's place. If anything fails, the site stays as it was. */
export async function replaceSite(root: string, build: (folder: string) => Promise<void>): Promise<void> {
  const site = root + sitePath.slice(0, -1);
  refuseForeign(site);
  const folder = mkdtempSync(`${root}.site-`);
  const clean = () => rmSync(folder, { recursive: true, force: true });
  const stopped = (signal: NodeJS.Signals) => {
    clean();
    process.exit(signal === "SIGINT" ? 130 : 143);
  };
  process.once("SIGINT", stopped).once("SIGTERM", stopped);
  try {
    mkdirSync(`${folder}/new`);
    await build(`${folder}/new/`);
    if (existsSync(site)) renameSync(site, `${folder}/old`);
    renameSync(`${folder}/new`, site);
  } finally {
    process.off("SIGINT", stopped).off("SIGTERM", stopped);
    clean();
  }
}

/** What somebody else put there is not ours to throw away. */
function refuseForeign(site: string): void {
  const found = statSync(site, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isDirectory() || (readdirSync(site).length > 0 && !existsSync(`${site}/${stampName}`)))
    throw new BadInput(`${sitePath} holds something that \`npm run docs\` did not write: move it away first.`);
}
