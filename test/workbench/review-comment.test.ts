// The one comment of a review in its pull request: the script that the workflow runs, with a GitHub that is played, and a run that nobody trusts.
import { spawnSync } from "node:child_process";
import markdownIt from "markdown-it";
import { describe, expect, test } from "vitest";
import type { Review } from "../../scripts/review/findings.ts";
import { noPlan } from "../../scripts/review/next/plan-type.ts";
import { renderJson } from "../../scripts/review/render-json.ts";
import { renderMarkdown } from "../../scripts/review/render-markdown.ts";
import { createWorld, runComment, type World } from "./comment-run.ts";
import { rename, reviewOf } from "./review-of.ts";
import { zip } from "./zip.ts";

const diff = [{ file: "types.gen.ts", pairs: [{ before: "  subcode?: number;", after: "  subCode?: number;" }, { after: "`` `a` ``" }] }];
const found: Review = reviewOf(rename, {
  gaps: ["A line that is missing: `<!-- -->` of @somebody."],
  plan: {
    ...noPlan,
    pastes: { ...noPlan.pastes, changelog: [{ file: "CHANGELOG.md", line: 5, gone: 0, text: ["- **Breaking**: `` a <b> ``"] }] },
  },
  client: ["The client reads `resultInfo.subcode` by its name (src/http/read-operation.ts:4), and the spec has `sub_code` there."],
  generated: diff,
  surface: diff,
});
const broken = {
  verdict: "broken",
  problems: [{ rule: "yaml", severity: "error", message: "A map's key: `a` & <b> #1.", line: 3, column: 1 }],
} satisfies Review;

/** More than a person reads at once. */
const long: Review = reviewOf(rename, { client: Array.from({ length: 6 }, (_, index) => `The client says ${index}.`) });
const longBroken: Review = { ...broken, problems: Array.from({ length: 6 }, () => broken.problems).flat() };

const filesOf = (review: Review, number = "7\n") => ({
  "report.md": renderMarkdown(review),
  "report.json": renderJson(review),
  "pull-request.txt": number,
});
const changed = (review: Review, change: (json: ReturnType<typeof JSON.parse>) => void) => {
  const json = JSON.parse(renderJson(review));
  change(json);
  return { ...filesOf(review), "report.json": JSON.stringify(json) };
};

async function commented(files: ReturnType<typeof filesOf>): Promise<string> {
  const world = createWorld(files);
  await runComment(world);
  expect(world.written).toEqual(["create in 7"]);
  return world.comments[0]?.body ?? "";
}

const html = (markdown: string) => markdownIt({ html: true, linkify: true }).render(markdown);
/** What a person reads, without what nobody sees. */
const words = (markdown: string) =>
  html(markdown)
    .replaceAll(/<!--.*?-->/g, "")
    .replaceAll("<summary>What to paste</summary>", "")
    .replaceAll(/<(p|li|h\d|summary|pre|ol|ul|\/summary|\/p|\/li|\/pre)\b[^>]*>/g, " ")
    .replaceAll(/<[^>]+>/g, "")
    .replaceAll("\u2060", "")
    .replaceAll(/\s+/g, " ");

describe("one comment", () => {
  test("the first run writes it, into a pull request of a fork too; the second brings it up to date", async () => {
    const world = createWorld(filesOf(found));
    await runComment(world);
    world.artifacts.push({ ...(world.artifacts[0] as World["artifacts"][0]), id: 9 });
    world.files.set(9, filesOf(reviewOf((text) => text)));
    await runComment(world);
    expect(world.written).toEqual(["create in 7", "update 1000"]);
    expect(world.comments).toHaveLength(1);
    expect(world.comments[0]?.body).not.toContain("subCode");
    // Nothing new: nobody is told again.
    await runComment(world);
    expect(world.written).toHaveLength(2);
  });

  test("it is known by its mark and its author: others' comments stay as they are", async () => {
    const world = createWorld(filesOf(found));
    const mark = "<!-- review of openapi/recording-status.yaml -->\nMine.";
    world.comments.push({ id: 1, user: { login: "somebody" }, body: mark });
    world.comments.push({ id: 2, user: { login: "github-actions[bot]" }, body: `About ${mark}` });
    await runComment(world);
    expect(world.written).toEqual(["create in 7"]);
  });

  test.each([
    ["a decision", found],
    ["a long one", long],
    ["a broken document", broken],
    ["one with many problems", longBroken],
  ])("%s: it says what review/report.md says", async (_, review) => {
    const [, inFile = ""] = words(renderMarkdown(review)).split(/Verdict: \w+\. /);
    const [, inComment = ""] = words(await commented(filesOf(review))).split(/API description: .+?(?=openapi\/)/);
    expect(inComment.replace(/ Commit 8f4e1c2 .*$/, "").trim()).toBe(inFile.trim());
    expect(inFile).not.toBe("");
  });

  test("it names the commit, and leads to the run, the site and the lines", async () => {
    const body = await commented(filesOf(found));
    expect(body).toContain("Commit 8f4e1c2 · [the run](https://github.com/owner/recording/actions/runs/77)");
    expect(body).toContain("(https://github.com/owner/recording/actions/runs/77/artifacts/2)");
    expect(body).toMatch(
      /line \[(\d+)\]\(https:\/\/github\.com\/owner\/recording\/blob\/(8f4e1c2a){5}\/openapi\/recording-status\.yaml\?plain=1#L\1\)/,
    );
  });

  test("a line of the base is no line of this commit, and a count is none", async () => {
    const body = await commented(changed(found, (json) => (json.report.rows[0].lines = "was 46, 89 and 3 more")));
    expect(body).toMatch(/line was 46\\, \[89\]\(\S+#L89\) and 3 more: /);
  });

  test("what disagrees is folded where it is long, in the file too; what is broken never is", async () => {
    const fold = "<summary>What disagrees</summary>";
    for (const told of [await commented(filesOf(long)), renderMarkdown(long)]) expect(told).toContain(fold);
    for (const review of [found, longBroken])
      for (const told of [await commented(filesOf(review)), renderMarkdown(review)]) expect(told).not.toContain(fold);
  });

  test("a run that left no report, or no site: nothing is told of it", async () => {
    const world = createWorld(filesOf(found));
    world.artifacts.pop();
    await runComment(world);
    expect(world.comments[0]?.body).not.toContain("the site");
    world.artifacts = [];
    await runComment(world);
    expect(world.notices).toEqual([expect.stringContaining("no report")]);
  });
});

describe("nothing is written", () => {
  const refused: [string, RegExp, (world: World) => void][] = [
    ["of another fork", /not of pull request 7/, ({ pull }) => (pull.head.repo = { full_name: "other/recording" })],
    ["of a fork that is gone", /not of pull request 7/, ({ pull }) => (pull.head.repo = null)],
    [
      "of a fork that is gone on both sides",
      /not of pull request 7/,
      ({ pull, run }) => {
        pull.head.repo = null;
        run.head_repository = null;
      },
    ],
    ["of another branch", /not of pull request 7/, ({ pull }) => (pull.head.ref = "other")],
    ["into another repository", /not of pull request 7/, ({ pull }) => (pull.base.repo.full_name = "other/recording")],
    ["of a pull request that is none", /Not Found/, ({ files }) => files.set(1, filesOf(found, "8"))],
    ["of a number that is none", /number of the pull request/, ({ files }) => files.set(1, filesOf(found, "7/../8"))],
    [
      "when the artifact is too large",
      /2000000 bytes/,
      (world) => (world.artifacts = world.artifacts.map((one) => ({ ...one, size_in_bytes: 2_000_000 }))),
    ],
    ["when the archive is larger than was said", /archive has/, ({ files }) => files.set(1, Buffer.alloc(2_000_000))],
    [
      "when a file in it is too large",
      /ENOBUFS/,
      ({ files }) =>
        files.set(
          1,
          changed(found, (json) => (json.more = "x".repeat(1_000_000))),
        ),
    ],
    ["when there is a file more", /other files/, ({ files }) => files.set(1, { ...filesOf(found), "a.sh": "" })],
    ["when there is a file less", /other files/, ({ files }) => files.set(1, { "report.md": "" })],
    ["when it is no JSON", /JSON/, ({ files }) => files.set(1, { ...filesOf(found), "report.json": "{" })],
    [
      "of another format",
      /format/,
      ({ files }) =>
        files.set(
          1,
          changed(found, (json) => (json.format = 2)),
        ),
    ],
    [
      "of a verdict that is none",
      /verdict/,
      ({ files }) =>
        files.set(
          1,
          changed(found, (json) => (json.verdict = "toString")),
        ),
    ],
    [
      "when a text is none",
      /report is none/,
      ({ files }) =>
        files.set(
          1,
          changed(found, (json) => (json.report.rows[0].text = { a: 1 })),
        ),
    ],
    [
      "when a list is none",
      /report is none/,
      ({ files }) =>
        files.set(
          1,
          changed(found, (json) => (json.report.next = "now")),
        ),
    ],
    [
      "when a diff is none",
      /diffs are none/,
      ({ files }) =>
        files.set(
          1,
          changed(found, (json) => (json.surface = [{ file: 1, pairs: [] }])),
        ),
    ],
  ];
  test.each(refused)("%s: it fails", async (_, why, change) => {
    const world = createWorld(filesOf(found));
    change(world);
    await expect(runComment(world)).rejects.toThrow(why);
    expect(world.written).toEqual([]);
  });

  test.each([
    ["closed", (world: World) => (world.pull.state = "closed")],
    ["at a newer commit", (world: World) => (world.pull.head.sha = "a".repeat(40))],
  ])("when the pull request is %s", async (_, change) => {
    const world = createWorld(filesOf(found));
    change(world);
    await runComment(world);
    expect(world.written).toEqual([]);
    expect(world.notices).toHaveLength(1);
  });
});

describe("hostile text stays text", () => {
  const hostile: [string, string][] = [
    ["mentions and issues", "@octocat and owner/repo#12, #34, GH-56, a@example.com, owner/repo@8f4e1c2a"],
    ["HTML", "<img src=https://evil.example/a.png> <script>x</script> <!-- --> <details open> &lt;b&gt;"],
    ["images and links", "![a](https://evil.example/a.png) [b](https://evil.example) [c]: https://evil.example <https://evil.example>"],
    ["addresses", "https://evil.example www.evil.example http://evil.example ftp://evil.example"],
    ["backticks", "` <b>` @octocat `` [x](https://evil.example) ``` `code` \\` <i>"],
    ["blocks of Markdown", "</details>\n\n# Head\n\n- [ ] task\n\n| a |\n|---|\n\n```\n@octocat\n```\n~~~\n<b>"],
    ["signs that nobody sees", "    code\t1. one\u2028@octocat\u202egnp\u200b\u0000"],
    ["what is long", `${"[".repeat(3000)}${"`".repeat(300)}`],
  ];

  /** The same text in every place of the report that may hold any. */
  const everywhere = (text: string) =>
    changed(found, (json) => {
      const fill = (node: unknown): unknown => {
        if (typeof node === "string") return ["yes", "no", "maybe"].includes(node) ? node : text;
        if (Array.isArray(node)) return node.map(fill);
        return typeof node === "object" && node !== null
          ? Object.fromEntries(Object.entries(node).map(([key, value]) => [key, fill(value)]))
          : node;
      };
      for (const part of ["report", "generated", "surface"]) json[part] = fill(json[part]);
    });

  test.each(hostile)("%s", async (_, text) => {
    const rendered = html((await commented(everywhere(text))).replace(/^<!-- review of \S+ -->\n/, ""));
    const tags = new Set(
      [...rendered.matchAll(/<\/?[a-z!][^>]*>/gi)].map(([tag]) =>
        tag.replace(/ href="https:\/\/github\.com\/owner\/recording\/[^"]+"/, ""),
      ),
    );
    const known = ["p", "h3", "hr", "ul", "ol", "li", "strong", "a", "details", "summary", "pre", "code"].flatMap((name) => [
      `<${name}>`,
      `</${name}>`,
    ]);
    expect([...tags].filter((tag) => ![...known, '<code class="language-diff">'].includes(tag))).toEqual([]);
    expect(rendered.match(/<details>/g)).toHaveLength(3);
    // GitHub makes links of names and numbers wherever there is no code.
    const prose = rendered.replaceAll(/<(code)[^>]*>[\s\S]*?<\/\1>/g, "").replaceAll(/<[^>]+>/g, "");
    expect(prose).not.toMatch(/@\w|#\d|:\/\/|\bwww\.|\bGH-\d|\u2028|\u202e|\u200b|\0/i);
  });

  test("what does not fit is left out, the folded part first, and nothing is cut in its middle", async () => {
    const long = Array.from({ length: 40 }, (_, index) => `${index} ${"long ".repeat(60)}`);
    const files = long.map((file) => ({ file, pairs: long.map((after) => ({ after: `${file.slice(0, 2)}${after}` })) }));
    const diffs = await commented(changed(found, (json) => (json.generated = files)));
    const all = await commented(changed(found, (json) => (json.report.sections = long.map((title) => ({ title, lines: long })))));
    expect(diffs).toContain("renamed from subcode");
    expect(diffs).not.toContain("<summary>Generated code</summary>");
    for (const body of [diffs, all]) {
      expect(body.length).toBeLessThan(60_000);
      expect(body).toMatch(/\n---\n\nCommit .+\)\n$/);
    }
    expect(all).toContain("too long for a comment");
  });
});

const hasUnzip = spawnSync("unzip", ["-v"]).status === 0;
if (!hasUnzip) console.warn("\nThere is no unzip: the test of a real archive is SKIPPED.\n");

test.skipIf(!hasUnzip)("a real archive is read, and one that swells is cut off", async () => {
  const world = createWorld(zip(filesOf(found)));
  await runComment(world);
  expect(world.comments[0]?.body).toContain("renamed from subcode");
  const bomb = createWorld(zip({ ...filesOf(found), "report.json": " ".repeat(2_000_000) }));
  await expect(runComment(bomb)).rejects.toThrow(/ENOBUFS/);
});
