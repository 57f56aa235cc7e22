/** What of package.json is looked at. */
export type Manifest = { readonly version?: string; readonly repository?: unknown; readonly homepage?: unknown; readonly bugs?: unknown };

/**
 * The project has no public home yet, so package.json has no value for these: this is the place that says so. A release needs them: provenance names the
 * repository, and npm refuses one that differs from it. Put them into package.json, and nothing else has to change: no link of README.md needs them.
 */
const homes = ["repository", "homepage", "bugs"] as const;

/** Why a tag cannot be released, as lines to print; none when it can. */
export function judgeRelease(manifest: Manifest, changelog: string, tag: string | undefined): string[] {
  const missing = homes.filter((name) => manifest[name] === undefined || manifest[name] === "");
  const version = manifest.version ?? "";
  return [
    ...(missing.length > 0
      ? [`package.json has no ${missing.join(", no ")}: the project has no public home yet, and npm shows what is there.`]
      : []),
    ...(tag !== undefined && tag !== `v${version}` ? [`The tag is ${tag}, and package.json has version ${version}.`] : []),
    ...(changelog.includes(`\n## [${version}]`) ? [] : [`CHANGELOG.md has no section "## [${version}]".`]),
  ];
}
