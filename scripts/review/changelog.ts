import type { Bump } from "./change.ts";

/** Whether CHANGELOG.md carries a change that asks for this version, and if not, what to write. */
export function changelogGap(base: string, revision: string, bump: Bump | "none"): string | undefined {
  if (bump === "none" || bump === "patch") return undefined;
  const known = new Set(entries(base));
  const added = entries(revision).filter((line) => !known.has(line));
  if (added.length === 0) return `CHANGELOG.md has no new line under [Unreleased]: say there what changes for callers (${bump}).`;
  if (bump === "major" && !added.some((line) => /breaking/i.test(line)))
    return "CHANGELOG.md has a new line, but none says **Breaking**: say there what callers must change (major).";
  return undefined;
}

/** The lines of the newest section: what is not released yet, or what is about to be. */
function entries(changelog: string): string[] {
  const [, newest = ""] = changelog.replaceAll("\r\n", "\n").split(/^## /m);
  return newest
    .split("\n")
    .slice(1)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}
