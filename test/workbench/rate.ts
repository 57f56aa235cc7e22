import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { redocly } from "../../scripts/lint/redocly.ts";
import type { Bump } from "../../scripts/review/change.ts";
import { inTemporaryFolder } from "../../scripts/tool/temporary-folder.ts";

/** One change as Redocly's comparison rates it. Only what one of its rules says counts: its ratings without a rule go by added and removed. */
export type RatedChange = { readonly pointer: string; readonly bump: Bump; readonly message: string };

/** Compares two texts of the spec. */
export function rate(baseText: string, revisionText: string): Promise<RatedChange[]> {
  // Redocly reads files.
  return inTemporaryFolder((folder) => rateIn(folder, baseText, revisionText));
}

async function rateIn(folder: string, baseText: string, revisionText: string): Promise<RatedChange[]> {
  const [baseFile, revisionFile] = [join(folder, "base.yaml"), join(folder, "revision.yaml")];
  writeFileSync(baseFile, baseText);
  writeFileSync(revisionFile, revisionText);
  const output = await redocly(["diff", baseFile, revisionFile, "--format", "json", "--fail-on", "none", "--lint-config", "off"]);
  const { changes = [] } = output as { changes?: RawChange[] };
  return changes.flatMap(({ verdicts = [], base, revision }) =>
    verdicts.map(({ impact: bump, message }) => ({ pointer: revision?.pointer ?? base?.pointer ?? "#", bump, message })),
  );
}

type RawChange = {
  verdicts?: { impact: Bump; message: string }[];
  base?: { pointer: string };
  revision?: { pointer: string };
};
