// `npm run test:all`: what an editor shows of the public API. Every name says what it is, and what it says reads well.
import { describe, expect, test } from "vitest";
import { hoversOf } from "../../scripts/api/hovers.ts";
import { root } from "../../scripts/tool/root.ts";

const hovers = hoversOf(root);
const names = (found: typeof hovers) => found.map(({ name }) => name);
const known = ["default", "deprecated", "example", "param", "returns", "see", "template", "throws"];

/** What other people made, or is nothing but a shape: whoever points at it knows it from elsewhere. */
const exempt = [
  // openapi-typescript gives its root types no comment; their members have the descriptions of the spec.
  / (components|operations|paths|webhooks)$/,
  // What is needed of Node's own types.
  / (NodeRequest|NodeResponse)\./,
  / Pipe(Sink|Transform)\./,
  // The name of a class, which is the text itself.
  /Error\.name$/,
  // Its members are told by the comment of each kind of event.
  / TraceEvent\.(type|status|outcome|report|chunk|sink)$/,
];

test("the walk found the whole of it", () => {
  expect(hovers.length).toBeGreaterThan(400);
  for (const name of [
    " createRecordingClient",
    " RecordingClient.startRecording",
    "/azure azureCredential",
    " RecordingClientOptions.cloud",
  ])
    expect(names(hovers)).toContain(`teams-recording-status${name}`);
});

test("every name says what it is", () => {
  const silent = names(hovers.filter(({ name, text }) => text.trim() === "" && !exempt.some((pattern) => pattern.test(name))));
  expect(silent).toEqual([]);
});

test("nothing of a comment is taken for a tag that is none, such as the name of a package with @", () => {
  const stray = hovers.flatMap(({ name, tags }) => tags.filter((tag) => !known.includes(tag.name)).map((tag) => `${name}: @${tag.name}`));
  expect(stray).toEqual([]);
});

test("no link is shown as it is written", () => {
  // What @azure/identity says of its own option stands below ours.
  const raw = hovers.filter(({ name, text }) => /\{@|@link/.test(text) && !name.endsWith("AzureCredentialOptions.authorityHost"));
  expect(names(raw)).toEqual([]);
});

describe("the names that everybody begins with have an example", () => {
  test.each([
    " createRecordingClient",
    ...["updateRecordingStatus", "waitForOperation", "startRecording", "withRecording", "recoverRecordings"].map(
      (method) => ` RecordingClient.${method}`,
    ),
    "/azure azureCredential",
    "/journal createSqliteJournal",
    "/notifications createNotificationHandler",
    "/notifications createNotificationVerifier",
    "/testing createFakeGraph",
  ])("%s", (name) => {
    const hover = hovers.find((one) => one.name === `teams-recording-status${name}`);
    expect(hover?.tags.find((tag) => tag.name === "example")?.text).toMatch(/^```ts\n[\s\S]+\n```$/);
  });
});
