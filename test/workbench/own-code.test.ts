// Whoever opens a pull request could have its run say anything: the comment names the code that this rests on.
import { expect, test } from "vitest";
import { renderJson } from "../../scripts/review/render-json.ts";
import { createWorld, runComment } from "./comment-run.ts";
import { rename, reviewOf } from "./review-of.ts";

const files = { "report.md": "", "report.json": renderJson(reviewOf(rename)), "pull-request.txt": "7" };
const usual = ["CHANGELOG.md", "generated/types.gen.ts", "openapi/recording-status.yaml"];

/** The comment, without the signs that keep text from being markup. */
async function told(changed: readonly string[], count = changed.length): Promise<string> {
  const world = createWorld(files);
  world.changed = [...changed];
  world.pull.changed_files = count;
  await runComment(world);
  return (world.comments[0]?.body ?? "").replaceAll(/\\(?=[!-~])/g, "");
}

test.each([
  [usual, "it changes generated/types.gen.ts: look at that before you believe it.\n\n---"],
  [[...usual, "scripts/review/report.ts"], "it changes scripts/review/report.ts, generated/types.gen.ts: look"],
  [["openapi/lint-rules.js"], "it changes openapi/lint-rules.js: look"],
  [["a/<b>@octocat.ts"], "it changes a/<b>@\u2060octocat.ts: look"],
  [["a.ts", "b.ts", "c.ts", "d.ts", "e.ts", "f.ts"], "it changes a.ts, b.ts, c.ts, d.ts, e.ts and 1 more: look"],
])("%s", async (changed, words) => {
  expect(await told(changed)).toContain(words);
});

test("more than GitHub lists is counted; where words alone changed, nothing is said", async () => {
  expect(await told(usual, 3_003)).toContain("generated/types.gen.ts and 3000 more: look");
  expect(await told(["CHANGELOG.md", "openapi/recording-status.yaml", "openapi/reviewed-differences.yaml"])).not.toContain("own code");
});
