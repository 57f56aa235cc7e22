// `npm run test:package`: what would be published: the right files and no others, links and maps that lead somewhere, entries that load by their
// public names and in a bundle for browsers, and nothing that publint or "Are the types wrong?" objects to.
import { readFileSync } from "node:fs";
import { root } from "../tool/root.ts";
import { inTemporaryFolder } from "../tool/temporary-folder.ts";
import { freshDist } from "./fresh-dist.ts";
import { judgeBundle } from "./package/judge-bundle.ts";
import { judgeLinks } from "./package/judge-links.ts";
import { followMap, judgeMaps } from "./package/judge-maps.ts";
import { askAttw, askPublint } from "./package/judge-tools.ts";
import { pack } from "./package/pack.ts";

const allowed = [
  /^dist\/(src|generated)\/.+\.(js|d\.ts)(\.map)?$/,
  /^(src|generated)\/.+\.ts$/,
  // What README.md and docs/ link to: `npm run test:readme` holds them to it.
  /^(docs\/[\w-]+\.md|examples\/.+\.(ts|py|js|json))$/,
  /^openapi\/recording-status\.yaml$/,
  /^(README\.md|CHANGELOG\.md|LICENSE|package\.json)$/,
];
const needed = ["README.md", "CHANGELOG.md", "LICENSE", "docs/errors.md", "openapi/recording-status.yaml"];
const { exports: entries, devDependencies } = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as {
  exports: Record<string, string | { types: string; default: string }>;
  devDependencies: Record<string, string>;
};
const mockPeers = ["@stoplight/prism-core", "@stoplight/prism-http", "@stoplight/prism-http-server", "@stoplight/types"];

function judgeFiles(files: readonly string[]): string[] {
  const targets = Object.values(entries).flatMap((entry) => (typeof entry === "string" ? [entry] : Object.values(entry)));
  return [
    ...files.filter((file) => !allowed.some((pattern) => pattern.test(file))).map((file) => `${file} does not belong into the package`),
    ...[...needed, ...targets.map((target) => target.replace("./", ""))]
      .filter((file) => !files.includes(file))
      .map((file) => `${file} is missing from the package`),
  ];
}

async function judgeEntries(): Promise<string[]> {
  const problems: string[] = [];
  for (const [entry, target] of Object.entries(entries)) {
    if (typeof target === "string") continue;
    await import(`teams-recording-status${entry.slice(1)}`).catch((error) => problems.push(`${entry} cannot be imported: ${error}`));
  }
  return problems;
}

/** Where an editor gets to from the first name that everybody imports. */
function judgeDefinition(folder: string): string[] {
  const found = followMap(folder, "dist/src/recording-client.d.ts", "createRecordingClient");
  const leads = found?.source === "src/recording-client.ts" && found.line.includes("function createRecordingClient");
  return leads ? [] : [`"Go to definition" of createRecordingClient leads to ${JSON.stringify(found)}`];
}

await freshDist();
await inTemporaryFolder(async (temporary) => {
  const { archive, size, folder, files } = pack(temporary);
  const problems = [
    ...judgeFiles(files),
    ...judgeLinks(folder),
    ...judgeMaps(folder, files),
    ...judgeDefinition(folder),
    ...(await judgeEntries()),
    ...(await judgeBundle(folder, Object.fromEntries(mockPeers.map((name) => [name, devDependencies[name] ?? "?"])))),
    ...(await askPublint(archive)),
    ...(await askAttw(archive)),
  ];
  for (const problem of problems) console.error(problem);
  if (problems.length === 0)
    console.log(`ok: ${files.length} files, ${Object.keys(entries).length} entries, an archive of ${Math.round(size / 1000)} kB`);
  process.exitCode = problems.length === 0 ? 0 : 1;
});
