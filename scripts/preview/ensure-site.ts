import { existsSync, readFileSync } from "node:fs";
import type { ReadApi } from "../docs/build-site.ts";
import { inputsChecksum } from "../docs/inputs.ts";
import { replaceSite, sitePath, stampName } from "../docs/swap.ts";

/** Builds the site if it is missing or stale, and says so. */
export async function ensureSite(root: string, out: (text: string) => void, readApi?: ReadApi): Promise<void> {
  const stamp = `${root}${sitePath}${stampName}`;
  const found = existsSync(stamp) ? readFileSync(stamp, "utf8").trim() : undefined;
  if (found === inputsChecksum(root)) return;
  out(
    found === undefined ? `There is no ${sitePath} yet: building it.` : `${sitePath} is older than the spec or the code: building it anew.`,
  );
  const { buildSite } = await import("../docs/build-site.ts");
  await replaceSite(root, (folder) => buildSite(root, folder, readApi));
}
