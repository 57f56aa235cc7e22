// Keeps the comment of a review in its pull request up to date. `.github/workflows/review-comment.yml` holds this text, because it checks out
// nothing; `node scripts/checks/workflow-script.ts` puts it there. GitHub runs it with `github`, `context`, `core` and `require`.
//
// The report was made by a run of the pull request's own code: all of it is text by whoever opened that, and it stays text.

const { execFileSync } = require("node:child_process");
const { mkdtempSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

const marker = "<!-- review of openapi/recording-status.yaml -->";
const author = "github-actions[bot]";
const names = ["pull-request.txt", "report.json", "report.md"];
/** Bytes of the artifact and of a file in it; characters of the comment, which GitHub bounds at 65,536, and of a line; lines of a list, of a diff and of what is not folded. */
const most = { bytes: 1_000_000, comment: 60_000, line: 1_000, list: 25, diff: 80, open: 5 };
const titles = { fine: "fine", decision: "somebody must decide", broken: "broken" };
const wires = { yes: "on the wire", no: "not on the wire", maybe: "perhaps on the wire" };

function check(holds, what) {
  if (!holds) throw new Error(`The report is refused: ${what}.`);
}

// What is in the artifact

async function readArtifact({ id, size_in_bytes: size }) {
  check(size <= most.bytes, `the artifact has ${size} bytes`);
  const { data } = await github.rest.actions.downloadArtifact({ ...context.repo, artifact_id: id, archive_format: "zip" });
  check(data.byteLength <= most.bytes, `the archive has ${data.byteLength} bytes`);
  const folder = mkdtempSync(join(tmpdir(), "review-comment-"));
  try {
    const archive = join(folder, "report.zip");
    writeFileSync(archive, Buffer.from(data));
    // Nothing is unpacked to the disk, and what is larger than it may be is cut off while it is read.
    const unzip = (...args) =>
      execFileSync("unzip", args, { encoding: "utf8", maxBuffer: most.bytes, stdio: ["ignore", "pipe", "ignore"] });
    const found = unzip("-Z1", archive).trim().split("\n").sort();
    check(JSON.stringify(found) === JSON.stringify(names), "the artifact holds other files than it must");
    return { number: unzip("-p", archive, "pull-request.txt"), review: reviewIn(unzip("-p", archive, "report.json")) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function reviewIn(json) {
  const { format, verdict, report, generated, surface } = JSON.parse(json);
  check(format === 1 && Object.hasOwn(titles, verdict), "its format or its verdict is not known");
  const isText = (value) => typeof value === "string";
  const isList = (value, isMember) => Array.isArray(value) && value.every(isMember);
  const isRow = (row) => [row.bump, row.side, row.lines, row.text].every(isText) && Object.hasOwn(wires, row.wire);
  const isSection = ({ title, lines }) => isText(title) && isList(lines, isText);
  const isPair = ({ before, after }) => [before, after].every((line) => line === undefined || isText(line));
  const isDiff = ({ file, pairs }) => isText(file) && isList(pairs, isPair);
  const isStep = ({ say, pastes }) => isText(say) && isList(pastes, ({ place, text: lines }) => isText(place) && isList(lines, isText));
  const { headline, rows, sections, rest, next } = report;
  check(isText(headline) && isList(rows, isRow) && isList(sections, isSection), "its report is none");
  check((rest === null || isText(rest)) && isList(next, isStep), "its report is none");
  check(isList(generated, isDiff) && isList(surface, isDiff), "its diffs are none");
  return { verdict, headline, rows, sections, rest, next, generated, surface };
}

// Text that stays text

/** One line without control characters and invisible ones, cut. */
function line(value) {
  const shown = value.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").trim();
  return shown.length > most.line ? `${shown.slice(0, most.line)}…` : shown;
}

/** Code where it stands between backticks, in which nothing is markup. Else no sign means more than itself: a word joiner keeps GitHub from names, issues and links. */
function text(value) {
  const plain = (part) => part.replaceAll(/[!-/:-@[-`{-~]/g, "\\$&").replaceAll(/@|#|:(?=\\\/)|\bwww(?=\\\.)|\bGH(?=\\-)/gi, "$&\u2060");
  const parts = line(value).split(/(`[^`]+`)/);
  return parts.map((part, index) => (index % 2 === 1 ? part : plain(part))).join("");
}

function block(language, lines) {
  // The indentation stays, and nothing else of what nobody sees.
  const shown = lines.map((one) => {
    const [indentation] = /^[-+]? */.exec(one);
    return indentation.slice(0, 80) + line(one.slice(indentation.length));
  });
  const longest = Math.max(2, ...(shown.join("\n").match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return [`${fence}${language}`, ...shown, fence];
}

// The comment

function titled(title, lines, bullet = () => "-") {
  const more = lines.length > most.list ? ["- …"] : [];
  return ["", `**${title}**`, "", ...lines.slice(0, most.list).map((one, index) => `${bullet(index)} ${one}`), ...more];
}

function diffs(title, all) {
  if (all.length === 0) return [];
  const same = new Map();
  const shift = (sign, one) => (one?.trim() ? [`${sign} ${one.trim()}`] : []);
  for (const { file, pairs } of all.slice(0, most.list)) {
    const lines = pairs.flatMap(({ before, after }) => [...shift("-", before), ...shift("+", after)]);
    const shown = block("diff", lines.length > most.diff ? [...lines.slice(0, most.diff), "…"] : lines).join("\n");
    same.set(shown, [...(same.get(shown) ?? []), text(file)]);
  }
  const blocks = [...same].flatMap(([shown, files]) => [files.join(", "), "", shown, ""]);
  return ["", "<details>", `<summary>${title}</summary>`, "", ...blocks, "</details>"];
}

/** A step, and folded below it what to paste: the author copies it, a reviewer need not read it. */
function step({ say, pastes }) {
  if (pastes.length === 0) return text(say);
  const blocks = pastes.slice(0, most.list).flatMap(({ place, text: lines }) => {
    if (lines.length === 0) return ["", `${text(place)}.`];
    return ["", `${text(place)}:`, "", ...block("", lines.slice(0, most.diff))];
  });
  const fold = ["", "<details>", "<summary>What to paste</summary>", ...blocks, "", "</details>"];
  return [text(say), ...fold.map((one) => (one === "" ? "" : `   ${one}`))].join("\n");
}

/** What changes and what to do is open; what disagrees is folded where it is long, and the generated lines are, always. */
function bodyOf({ verdict, headline, rows, sections, rest, next }, lineUrl) {
  // `was 46` is a line of the base, and `and 3 more` is none.
  const linked = (lines) => text(lines).replaceAll(/(?<!was |and )\b\d+/g, (at) => `[${at}](${lineUrl(at)})`);
  const located = (words) =>
    text(words).replace(/^openapi\\\/recording\\-status\\\.yaml\\:(\d+)/, (at, number) => `[${at}](${lineUrl(number)})`);
  const changes = rows.map(
    ({ bump, side, wire, lines, text: what }) => `**${text(bump)}**, ${text(side)}, ${wires[wire]}, line ${linked(lines)}: ${text(what)}`,
  );
  const told = sections.slice(0, most.list).flatMap(({ title, lines }) => titled(text(title), lines.map(located)));
  const isLong = verdict !== "broken" && sections.flatMap(({ lines }) => lines).length > most.open;
  return [
    text(headline),
    ...(changes.length === 0 ? [] : titled("Changes", changes)),
    ...(isLong ? ["", "<details>", "<summary>What disagrees</summary>", ...told, "", "</details>"] : told),
    ...(rest === null || rest === "" ? [] : ["", text(rest)]),
    ...(next.length === 0 ? [] : titled("Next", next.map(step), (index) => `${index + 1}.`)),
  ].join("\n");
}

function render(review, { run, site, warning }) {
  const home = `${context.serverUrl}/${context.repo.owner}/${context.repo.repo}`;
  const page = `${home}/actions/runs/${run.id}`;
  const body = bodyOf(review, (number) => `${home}/blob/${run.head_sha}/openapi/recording-status.yaml?plain=1#L${number}`);
  const code = [
    "",
    ...diffs("Generated code", review.generated),
    ...diffs("Public API, as consumers' compilers see it", review.surface),
  ].join("\n");
  const download = site === undefined ? "" : ` · [its docs site](${page}/artifacts/${site.id}) (unpack it, open index.html)`;
  const meaning = `[What this means](${home}/blob/HEAD/openapi/README.md#in-the-pull-request)`;
  const ends = `${warning}\n\n---\n\nCommit ${run.head_sha.slice(0, 7)} · [the run](${page})${download} · ${meaning}\n`;
  const begins = `${marker}\n### API description: ${titles[review.verdict]}\n\n`;
  const room = most.comment - begins.length - ends.length;
  // The code goes first, and all of it: a text that is cut in a fold would fold the rest.
  const fits = [body + code, body].find(({ length }) => length <= room) ?? "The report is too long for a comment.";
  return begins + fits + ends;
}

// The pull request

/** The number was in the artifact. It is believed if that pull request is where the run came from. */
async function pullRequest(number, run) {
  check(/^[1-9]\d{0,8}\n?$/.test(number), "the number of the pull request is none");
  const { data } = await github.rest.pulls.get({ ...context.repo, pull_number: Number(number) });
  const { head, base, state } = data;
  const from = head.repo !== null && head.repo.full_name === run.head_repository?.full_name && head.ref === run.head_branch;
  check(from && base.repo.full_name === `${context.repo.owner}/${context.repo.repo}`, `it is not of pull request ${Number(number)}`);
  return { number: Number(number), isCurrent: state === "open" && head.sha === run.head_sha, changed: data.changed_files };
}

/** What the verdict rests on: the run executed the pull request's own code, and whoever changed that could have it say anything. */
async function ownCode({ number, changed }) {
  const files = await github.paginate(github.rest.pulls.listFiles, { ...context.repo, pull_number: number, per_page: 100 });
  const code = files.map(({ filename }) => filename).filter((name) => !/^openapi\/[\w-]+\.yaml$|\.md$/.test(name));
  const isUsual = (name) => Number(/^(generated|test|scripts\/judges)\//.test(name));
  const shown = code.sort((one, other) => isUsual(one) - isUsual(other)).slice(0, most.open);
  const more = code.length + Math.max(0, changed - files.length) - shown.length;
  const names = shown.map(text).join(", ") + (more > 0 ? ` and ${more} more` : "");
  return names && `\n\nThe pull request's own code made this verdict, and it changes ${names}: look at that before you believe it.`;
}

async function keepComment(number, body) {
  const about = { ...context.repo, issue_number: number };
  const comments = await github.paginate(github.rest.issues.listComments, { ...about, per_page: 100 });
  const ours = comments.find(({ user, body: known }) => user?.login === author && known?.startsWith(marker));
  if (ours === undefined) await github.rest.issues.createComment({ ...about, body });
  else if (ours.body !== body) await github.rest.issues.updateComment({ ...context.repo, comment_id: ours.id, body });
}

async function main() {
  const run = context.payload.workflow_run;
  const all = await github.paginate(github.rest.actions.listWorkflowRunArtifacts, { ...context.repo, run_id: run.id, per_page: 100 });
  const newest = (name) => all.filter((one) => one.name === name && !one.expired).sort((one, other) => other.id - one.id)[0];
  const report = newest("review-report");
  if (report === undefined) return core.notice("The run left no report: there is nothing to tell.");
  const { number, review } = await readArtifact(report);
  const pull = await pullRequest(number, run);
  if (!pull.isCurrent) return core.notice(`Pull request ${pull.number} is closed, or at another commit: its own run tells.`);
  await keepComment(pull.number, render(review, { run, site: newest("docs-site"), warning: await ownCode(pull) }));
}

await main();
