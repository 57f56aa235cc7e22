// `npm run test:package`: what would be published: the right files and no others, and every entry loads by its public name.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { root } from "../tool/root.ts";
import { freshDist } from "./fresh-dist.ts";

const allowed = [
  /^dist\/(src|generated)\/.+\.(js|d\.ts)$/,
  /^openapi\/recording-status\.yaml$/,
  // What README.md and docs/ link to: `npm run test:readme` holds them to it.
  /^(docs\/[\w-]+\.md|examples\/.+\.(ts|py|js|json))$/,
  /^(README\.md|CHANGELOG\.md|LICENSE|package\.json)$/,
];
const needed = ["README.md", "CHANGELOG.md", "LICENSE", "docs/errors.md", "openapi/recording-status.yaml"];

function packedFiles(): string[] {
  const text = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    shell: process.platform === "win32",
  });
  // npm 11 gives a list, later ones a record by package name.
  const [packed] = Object.values(JSON.parse(text)) as { files: { path: string }[] }[];
  return (packed?.files ?? []).map(({ path }) => path);
}

await freshDist();
const files = packedFiles();
const { exports: entries } = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as {
  exports: Record<string, string | { types: string; default: string }>;
};
const targets = Object.values(entries).flatMap((entry) => (typeof entry === "string" ? [entry] : Object.values(entry)));
const problems = [
  ...files.filter((file) => !allowed.some((pattern) => pattern.test(file))).map((file) => `${file} does not belong into the package`),
  ...[...needed, ...targets.map((target) => target.replace("./", ""))]
    .filter((file) => !files.includes(file))
    .map((file) => `${file} is missing from the package`),
];
for (const [entry, target] of Object.entries(entries)) {
  if (typeof target === "string") continue;
  await import(`teams-recording-status${entry.slice(1)}`).catch((error) => problems.push(`${entry} cannot be imported: ${error}`));
}

for (const problem of problems) console.error(problem);
if (problems.length === 0) console.log(`ok: ${files.length} files, ${Object.keys(entries).length} entries`);
process.exitCode = problems.length === 0 ? 0 : 1;
