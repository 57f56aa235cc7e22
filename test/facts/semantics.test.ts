// What must hold between several places of the spec, whatever their values are. The review names each breach under Next, with its line.
import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { breachesOf } from "../../scripts/judges/facts/spec-rules.ts";
import { type JsonObject, readDocument } from "../../scripts/spec/document.ts";
import { toPointer, valueAt } from "../../scripts/spec/json.ts";
import { root } from "../../scripts/tool/root.ts";
import { frozenSpec } from "../support/frozen.ts";
import { spec } from "./read-spec.ts";

test("every place of the spec fits the others", () => {
  expect(breachesOf(spec as JsonObject).map(({ at, cure }) => `openapi/recording-status.yaml, ${toPointer(at)}: ${cure}`)).toEqual([]);
});

test("Calls.JoinGroupCalls.All is no permission: an old page misspelt Calls.JoinGroupCall.All", () => {
  const files = globSync(["{openapi,generated,src,docs}/**/*.*", "README.md"], { cwd: root });
  expect(files.length).toBeGreaterThan(3);
  const wrong = files.filter((file) => readFileSync(root + file, "utf8").includes("Calls.JoinGroupCalls.All"));
  expect(wrong, "these files name a role that does not exist").toEqual([]);
});

/** What breaks each rule, the place that is named, and what it says. */
const breaches: readonly (readonly [from: string | RegExp, to: string, at: string, cure: RegExp])[] = [
  [
    /tokenScope: \S+\/\.default/,
    "tokenScope: https://graph.example/.default",
    "/servers/0/x-cloud/tokenScope",
    /^write `https:\S+\/\.default`/,
  ],
  [/url: (https:\S+)\/beta\n/, "url: $1/bata\n", "/servers/1/url", /ends with the version/],
  [
    /(tokenUrl: https:\/\/)[^/]+/,
    "$1login.example",
    "/components/securitySchemes/graphApplication/flows/clientCredentials/tokenUrl",
    /authority/,
  ],
  [/x-unsupported-clouds:\n(?: {2}.*\n)+/, "", "/x-unsupported-clouds", /neither served nor refused/],
  ["    servers:\n      - *globalBeta\n", "", "/paths/~1app~1calls~1{id}~1updateRecordingStatus", /beta only/],
  [
    /(clientContext: [0-9a-f]{20})[0-9a-f]/,
    "$1",
    "/components/requestBodies/UpdateRecordingStatus/content/application~1json/examples/contextAtLimit/value/clientContext",
    /characters, and \d+ are allowed/,
  ],
  [
    "                resultInfo: null\n                status: completed\n",
    "                status: completed\n                resultInfo: null\n",
    "/components/responses/RecordingStatusUpdated/content/application~1json/examples/documented/value",
    /letter for letter/,
  ],
  [
    /(Location:[\s\S]+?example: )\S+/,
    "$1https://graph.example/a",
    "/components/responses/RecordingStatusUpdated/headers/Location/example",
    /letter for letter/,
  ],
  [/claims="\w+/, 'claims="bm9uZQ', "/components/responses/Unauthorized/headers/WWW-Authenticate/examples/claimsChallenge/value", /base64/],
  [/, pattern: '\^\(\?!.+?\$\)' \}/, " }", "/components/parameters/CallId/schema/pattern", /opaque/],
  [/pattern: '\^\(\\d\+\|/, "pattern: '^(", "/components/responses/TooManyRequests/headers/Retry-After/schema/pattern", /HTTP date/],
  [/ {6}x-retryable: true\n/, "", "/components/responses/TooManyRequests", /add `x-retryable: true`/],
  [/description: 'The service failed\. Not r/, "description: 'R", "/components/responses/InternalServerError", /add `x-retryable/],
];

test.each(breaches)("a breach is named: %s", (from, to, at, cure) => {
  const text = frozenSpec;
  const edited = text.replace(from, to);
  expect(edited).not.toBe(text);
  const found = breachesOf(readDocument(edited));
  expect(found.map((one) => toPointer(one.at).slice(1))).toContain(at);
  expect(found.find((one) => toPointer(one.at).slice(1) === at)?.cure).toMatch(cure);
});

test("a body of another media type has the same examples, and they are judged where they stand", () => {
  const bodies = /(?<=\n {4}(?:UpdateRecordingStatus|RecordingStatusUpdated):\n[\s\S]+?\n {6}content:\n {8})application\/json(?=:)/g;
  const renamed = (text: string) => readDocument(text.replaceAll(bodies, "application/merge-patch+json"));
  expect(JSON.stringify(renamed(frozenSpec)).match(/merge-patch/g)?.length).toBeGreaterThan(1);
  expect(breachesOf(renamed(frozenSpec))).toEqual(breachesOf(readDocument(frozenSpec)));
  const shorter = breachesOf(renamed(frozenSpec.replace(/(clientContext: [0-9a-f]{20})[0-9a-f]/, "$1")));
  expect(shorter.map(({ at }) => toPointer(at))).toContainEqual(expect.stringMatching(/merge-patch\+json\/examples\/contextAtLimit\//));
});

/** The operation of the action in a document of its own, whatever the spec says of it. */
function changed(change: (operation: JsonObject, document: JsonObject) => void): string[] {
  const document = structuredClone(spec) as JsonObject;
  const operation = valueAt(document, [...action]) as JsonObject;
  change(operation, document);
  const known = breachesOf(spec as JsonObject).map(({ cure }) => cure);
  return breachesOf(document).flatMap(({ at, cure }) => (known.includes(cure) ? [] : [`${toPointer(at.slice(action.length))} ${cure}`]));
}
const action = ["paths", "/communications/calls/{id}/updateRecordingStatus", "post"] as const;

test("an operation demands a token, by itself or as the document does, and a successor is there", () => {
  const demand = [{ graphApplication: ["Calls.AccessMedia.All"] }];
  const free = (operation: JsonObject, document: JsonObject) => {
    delete operation.security;
    delete document.security;
  };
  expect(changed(free)).toContainEqual(expect.stringMatching(/^# `updateRecordingStatus` must demand a token: /));
  expect(changed((operation) => Object.assign(operation, { security: [...demand, {}] }))).toEqual([
    expect.stringMatching(/^#\/security .+"or none"/),
  ]);
  expect(
    changed((operation, document) => {
      free(operation, document);
      document.security = demand;
    }),
  ).toEqual([]);
  expect(changed((operation) => Object.assign(operation, { "x-successor": "nothing" }))).toEqual([
    expect.stringMatching(/^#\/x-successor there is no operation `nothing`/),
  ]);
});
