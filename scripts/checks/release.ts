// `npm run release:check`: whether what stands here can be released, as .github/workflows/release.yml asks before all else. It needs nothing that is
// installed: the workflow stops here, within seconds.
import { readFileSync } from "node:fs";
import { judgeRelease, type Manifest } from "./release/judge-release.ts";

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");
const tag = process.env.GITHUB_REF_TYPE === "tag" ? process.env.GITHUB_REF_NAME : undefined;
const problems = judgeRelease(JSON.parse(read("package.json")) as Manifest, read("CHANGELOG.md"), tag);
for (const problem of problems) console.error(problem);
if (problems.length === 0) console.log("ok: this can be released");
process.exitCode = problems.length === 0 ? 0 : 1;
