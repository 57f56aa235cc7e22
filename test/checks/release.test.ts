// Whether a tag can be released: the first step of .github/workflows/release.yml.
import { expect, test } from "vitest";
import { judgeRelease } from "../../scripts/checks/release/judge-release.ts";

const home = "https://forge.example/teams-recording-status";
const manifest = { version: "0.2.0", repository: { type: "git", url: `git+${home}.git` }, homepage: home, bugs: `${home}/issues` };
const changelog = "# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2027-01-01\n";

test("what has a home, a section of the changelog and the tag of its version can be released", () => {
  expect(judgeRelease(manifest, changelog, "v0.2.0")).toEqual([]);
  expect(judgeRelease(manifest, changelog, undefined)).toEqual([]);
});

test("one line names all that is missing of a home", () => {
  expect(judgeRelease({ version: "0.2.0", homepage: "" }, changelog, "v0.2.0")).toEqual([
    "package.json has no repository, no homepage, no bugs: the project has no public home yet, and npm shows what is there.",
  ]);
  expect(judgeRelease({ ...manifest, bugs: undefined }, changelog, "v0.2.0")).toEqual([expect.stringContaining("has no bugs:")]);
});

test("another tag, and a version without a section in the changelog", () => {
  expect(judgeRelease({ ...manifest, version: "0.3.0" }, changelog, "v0.2.0")).toEqual([
    "The tag is v0.2.0, and package.json has version 0.3.0.",
    'CHANGELOG.md has no section "## [0.3.0]".',
  ]);
});
