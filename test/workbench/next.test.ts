// What a review says to paste is worked out from the places of the facts and of the stated types: pasted, everything agrees.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { compile } from "../../scripts/generate/compile.ts";
import { wireNames } from "../../scripts/judges/cases/wire-names.ts";
import { facts } from "../../scripts/judges/facts/all-facts.ts";
import { createAssertionsReader } from "../../scripts/judges/types.ts";
import { changesOf } from "../../scripts/review/compatibility.ts";
import { casesLeft } from "../../scripts/review/next/cases-left.ts";
import { changelogFor } from "../../scripts/review/next/changelog-lines.ts";
import { withEdits, withoutUnused } from "../../scripts/review/next/code-edits.ts";
import { namesOf } from "../../scripts/review/next/names.ts";
import { namesLeft } from "../../scripts/review/next/names-left.ts";
import { pageFor } from "../../scripts/review/next/page.ts";
import { pastesBetween, placeOf, withPastes } from "../../scripts/review/next/paste.ts";
import { restateFacts } from "../../scripts/review/next/restate-facts.ts";
import { namesFile, restateNames } from "../../scripts/review/next/restate-names.ts";
import { restateTypes } from "../../scripts/review/next/restate-types.ts";
import { withEntries } from "../../scripts/review/next/reviewed-entries.ts";
import { sourcesFor } from "../../scripts/review/next/source-lines.ts";
import { specGaps } from "../../scripts/review/next/spec-gaps.ts";
import { wordsFor, wordy } from "../../scripts/review/next/words.ts";
import { readDocument, readSpecText } from "../../scripts/spec/document.ts";
import { createPlaceFinder } from "../../scripts/spec/places.ts";
import { docPages } from "../../scripts/tool/doc-pages.ts";
import { root } from "../../scripts/tool/root.ts";
import { limit } from "../support/as-it-is.ts";
import { commonEdits, edited } from "./common-edits.ts";
import { followReport } from "./follow-report.ts";

const spec = readSpecText();
const read = (file: string) => readFileSync(root + file, "utf8");
const revision = (what: string) =>
  edited(
    spec,
    commonEdits.find((edit) => edit.what === what),
  );

const folder = mkdtempSync(join(tmpdir(), "next-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the facts of other files say to a document: judged by a program that reads those files. */
function objections(files: ReadonlyMap<string, string>, text: string): string[] {
  cpSync(join(root, "scripts"), join(folder, "scripts"), { recursive: true });
  for (const name of ["package.json", "openapi"]) cpSync(join(root, name), join(folder, name), { recursive: true });
  rmSync(join(folder, "node_modules"), { force: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  for (const [file, text] of files) writeFileSync(join(folder, file), text);
  writeFileSync(join(folder, "openapi/recording-status.yaml"), text);
  const program = `
    const { facts } = await import("./scripts/judges/facts/all-facts.ts");
    const { compareWithFacts } = await import("./scripts/judges/facts/compare.ts");
    const { constraintsOf } = await import("./scripts/judges/facts/constraints.ts");
    const { readDocument, readSpecText } = await import("./scripts/spec/document.ts");
    console.log(JSON.stringify([...compareWithFacts(constraintsOf(readDocument(readSpecText())), facts).values()]));`;
  return JSON.parse(execFileSync(process.execPath, ["--input-type=module", "--eval", program], { cwd: folder, encoding: "utf8" }));
}

// The shapes of tables: a value, a list whose order is free, a constant that several name, and what a loop states.
test.each(["change a limit", "change a permission"])("%s: the facts as they are restated agree", (what) => {
  const text = revision(what);
  const restated = restateFacts(readDocument(text), facts, read);
  expect(restated.size).toBeGreaterThan(0);
  expect(objections(restated, text)).toEqual([]);
});

test("a fact that a loop states for several is taken out of it where it is gone or another", () => {
  const header =
    "request-id: *requestId\n        client-request-id: *clientRequestId\n      content:\n        application/json:\n          schema: { $ref: '#/components/schemas/ODataError' }\n          examples:\n            badRequest:";
  const text = edited(spec, { what: "one header less", replace: [[header, header.replace("request-id: *requestId\n        ", "")]] });
  const restated = restateFacts(readDocument(text), facts, read);
  expect([...restated.values()].join()).toContain('delete headers["response BadRequest: header request-id: required"]');
  expect(objections(restated, text)).toEqual([]);
});

test.each(["add a status", "add an answer: 410"])("%s: the types as they are restated compile", async (what) => {
  const generated = await compile(readDocument(revision(what)));
  const restated = restateTypes(read("scripts/judges/wire-types.ts"), generated) ?? "";
  expect(createAssertionsReader(generated)(restated).broken).toEqual([]);
  // Shared shapes stay shared.
  expect(pastesBetween("a", read("scripts/judges/wire-types.ts"), restated).length).toBeLessThanOrEqual(3);
});

test("an optional property of another type is stated as it is written: its mark says already that it may be missing", async () => {
  const text = edited(spec, { what: "no null", replace: [[/(The result in words.+\n +type: )\[string, 'null'\]/, "$1string"]] });
  const restated = restateTypes(read("scripts/judges/wire-types.ts"), await compile(readDocument(text))) ?? "";
  expect(restated).toMatch(/message\?: string[; ]/);
});

test("a name that is gone is told where tests and cases have it; a status that is built in another way takes no row", () => {
  const renamed = readDocument(spec.replaceAll("ReportableStatus", "Reportable").replaceAll("updateRecordingStatusOnApp", "reportOnApp"));
  const left = namesLeft(root, readDocument(spec), renamed).join("\n");
  expect(left).toMatch(/no `updateRecordingStatusOnApp` any more, and these lines name it: \S+\.ts:\d+/);
  expect(left).toMatch(/no `schema ReportableStatus: enum` any more, .*scripts\/judges\/cases\/body-cases\.ts:\d+/);
  const otherwise = namesLeft(root, readDocument(spec), readDocument(spec.replaceAll("resourceUrl", "address")));
  expect(otherwise.join("\n")).toMatch(/no `resourceUrl` any more, and these lines name it: \S+\.ts:\d+.+ more files/);
  // The report of the public API has this word, and no test, this one included: what a command writes is nobody's to change.
  const written = readDocument(spec.replaceAll("resourceUrl", ["Closing", "Status"].join("")));
  expect(namesLeft(root, written, readDocument(spec.replaceAll("resourceUrl", "address")))).toEqual([]);
  expect(namesLeft(root, readDocument(spec), readDocument(spec))).toEqual([]);
  expect(wordsFor(read("docs/options.md"), readDocument(spec), renamed, namesOf(renamed))).toBe(read("docs/options.md"));
  const free = readDocument(spec.replace("status: { $ref: '#/components/schemas/ReportableStatus' }", "status: { type: string }"));
  expect(wordsFor(read("docs/options.md"), readDocument(spec), free, namesOf(free))).toBe(read("docs/options.md"));
});

describe("a property of a body that has another name", () => {
  const { subcode } = wireNames.ResultInfo;
  const anew = `${subcode}Anew`;
  const renamed = spec.replaceAll(new RegExp(`\\b${subcode}\\b`, "g"), anew);
  const names = (text: string) => restateNames(read(namesFile), changesOf(spec, text));

  test("is one line to paste for all tests and cases, and no test is named: they speak of the model", () => {
    expect(pastesBetween(namesFile, read(namesFile), names(renamed)).map(({ text }) => text)).toEqual([
      [expect.stringMatching(new RegExp(`^ {2}ResultInfo: \\{.* subcode: "${anew}", .*\\},$`))],
    ]);
    expect(namesLeft(root, readDocument(spec), readDocument(renamed), names(renamed))).toEqual([]);
  });

  test("is told with that line where it is another in more than its name", () => {
    const gone = renamed.replace(new RegExp(`(${anew}:\\n.*\\n +type: )integer`), "$1string");
    expect(gone).not.toBe(renamed);
    expect(namesLeft(root, readDocument(spec), readDocument(gone), names(gone))).toEqual([
      expect.stringMatching(new RegExp(`no \`${subcode}\` any more, and these lines name it: ${namesFile}:\\d+$`)),
    ]);
  });

  test("of another schema is not this one", () => {
    expect(names(spec.replaceAll("innerError", anew))).toBe(read(namesFile));
  });
});

describe("a case that is written out, of which the spec says something else now", () => {
  const action = "POST /a ← ";
  const said = "the proxy does not object with response.body.resultInfo.code: type";

  test("is told with its line, once for all operations", () => {
    const what = "a resultInfo with codes that are strings";
    const left = casesLeft(root, [`${action}${what}: ${said}`, `GET /b ← ${what}: ${said}`]);
    expect(left).toEqual([
      expect.stringMatching(/^scripts\/judges\/cases\/operation-answer-cases\.ts:\d+ expects something else of "a res.+: now the proxy /),
    ]);
    const line = Number(/\d+(?= expects)/.exec(left[0] ?? "")?.[0]);
    expect(read("scripts/judges/cases/operation-answer-cases.ts").split("\n")[line - 1]).toContain(`what: "${what}"`);
  });

  test("is found by what its name is made of; of many the first are told, and how many more there are", () => {
    const five = [200, 201, 202, 203, 204].map((status) => `${action}an empty ${status}: the proxy objects (response.body: required)`);
    const left = casesLeft(root, five);
    expect(left).toHaveLength(4);
    for (const one of left.slice(0, 3)) expect(one).toMatch(/operation-answer-cases\.ts:\d+ expects something else of "an empty 20\d"/);
    expect(left[3]).toMatch(/^2 more cases/);
  });

  test("is none where facts that are restated make it agree", () => {
    const followed = [
      "POST /a → 200 failed: the proxy objects (response.body: required)",
      `${action}x: the proxy objects (request.body: required)`,
    ];
    expect(casesLeft(root, followed)).toEqual([]);
  });
});

test("what nothing uses is taken out, also where a property has its name", () => {
  const kept = "export const one = { result: null, given };\n";
  expect(withoutUnused("a.ts", `const given = 1;\nfunction result() {\n  return 1;\n}\n${kept}`)).toBe(`const given = 1;\n${kept}`);
});

test("what is imported and no longer used is taken out, and a whole import that nothing is used of", () => {
  const text =
    '// Head.\nimport { z } from "./z.ts";\nimport { a, type B, c as d } from "./a.ts";\nimport { e } from "./e.ts";\nimport "./f.ts";\n';
  expect(withoutUnused("a.ts", `${text}const used = () => e(d);\nexport const one: B = a;\n`)).toBe(
    '// Head.\nimport { a, type B } from "./a.ts";\nimport "./f.ts";\nexport const one: B = a;\n',
  );
});

describe("what follows the spec by its names", () => {
  const names = namesOf(readDocument(revision("let the client repeat a status")));
  const [before, after] = [namesOf(readDocument(spec)).retryable, names.retryable];
  const repeated = after.find((status) => !before.includes(status));

  test("a hint moves from the statuses that are not repeated, and the fate is the careful one", () => {
    const sources = sourcesFor(read, readDocument(revision("let the client repeat a status")), names);
    expect(sources.get("src/http/http-failure.ts")?.match(new RegExp(`^ {2}${repeated}: .*$`, "gm"))).toHaveLength(1);
    expect(sources.get("src/http/retry.ts")).toContain(`${repeated}: "undecided"`);
  });

  test("docs/ and CHANGELOG.md name it", () => {
    expect(pageFor(read("docs/attempts.md"), names)).toContain(`**Repeated**: ${after.slice(0, 3).join(", ")}, `);
    const changelog = changelogFor({ text: read("CHANGELOG.md"), changes: [], gap: false, names });
    expect(pastesBetween("CHANGELOG.md", read("CHANGELOG.md"), changelog).flatMap(({ text }) => text)).toEqual([
      `- Reports are repeated after ${repeated}.`,
    ]);
  });

  test("sentences about limits, statuses and clouds follow", () => {
    const base = readDocument(spec);
    const said = (what: string, file: string) => {
      const document = readDocument(revision(what));
      return wordsFor(read(file), base, document, namesOf(document));
    };
    expect(said("change a limit", "docs/options.md")).toContain(`At most ${2 * limit} code points.`);
    expect(said("add a status", "docs/options.md")).toMatch(/^\| `update\.status` \| .+ or `"humming"`\. \| required \|$/m);
    const serving = "serve the beta of a cloud that refuses it";
    const { clouds } = namesOf(readDocument(revision(serving)));
    const served = Object.keys(clouds).filter((name) => clouds[name]?.versions.beta !== undefined);
    expect(served.length).toBeGreaterThan(1);
    for (const name of served)
      expect(said(serving, "src/input/client-options.ts")).toMatch(new RegExp(`beta exists in the clouds .*\\b${name}\\b.* only`));
  });

  test("of a spec that nobody edited nothing follows", () => {
    const today = namesOf(readDocument(spec));
    for (const file of docPages(root)) expect(pageFor(read(file), today), file).toBe(read(file));
    for (const file of [...docPages(root), ...wordy])
      expect(wordsFor(read(file), readDocument(spec), readDocument(spec), today)).toBe(read(file));
    for (const [file, text] of sourcesFor(read, readDocument(spec), today)) expect(text, file).toBe(read(file));
    expect(specGaps(readDocument(spec), createPlaceFinder(spec))).toEqual([]);
  });
});

test("what is added at one place keeps its order, and is added once", () => {
  const added = (text: string) => ({ from: 1, to: 1, text });
  expect(withEdits("abc", [added("x"), added("y"), added("x"), { from: 2, to: 3, text: "" }])).toBe("axyb");
});

test("what is added where something goes stays, whichever comes first", () => {
  const [gone, added] = [
    { from: 1, to: 2, text: "" },
    { from: 1, to: 1, text: "xyz" },
  ];
  for (const edits of [
    [gone, added],
    [added, gone],
  ])
    expect(withEdits("abc", edits)).toBe("axyzc");
});

test("facts of neighbours that are gone, and of those that take their places, agree", () => {
  const text = spec.replaceAll("{id}", "{callId}").replace("      name: id\n", "      name: callId\n");
  expect(objections(restateFacts(readDocument(text), facts, read), text)).toEqual([]);
});

test("what the document itself lacks is told with its line", () => {
  const text = spec
    .replace("          maxLength:", "          minLength: 0\n          maxLength:")
    .replace(
      "        clientContext:\n          description: |\n            The caller's",
      "        colour: { type: string }\n        clientContext:\n          description: |\n            The caller's",
    );
  expect(specGaps(readDocument(text), createPlaceFinder(text))).toEqual([
    expect.stringMatching(/^openapi\/recording-status\.yaml:\d+: add an example that gives `colour`: it is the test that it leaves\.$/),
  ]);
});

test("an entry that is out of date makes room for the one that takes its place, in the same formats", () => {
  const entry = (difference: string, more: string) => `- difference: ${difference}\n  in: [csdl, openapi]\n${more}`;
  const [old, now] = ["a.b has maxLength 1 in the spec only", "a.b has maxLength 2 in the spec only"];
  const drift = { file: "x", agrees: false, differences: [], chosen: [], reviewable: [now], outdated: [old] };
  expect(withEntries(`# Head\n${entry(old, "  reason: r\n  source: s\n")}\n# Next\n- difference: c\n`, [drift])).toBe(
    `# Head\n${entry(now, "  reason: >-\n    TODO words\n  source: >-\n    TODO source\n")}\n# Next\n- difference: c\n`,
  );
});

test("pastes lead from one text to the other, and the program that follows a report reads what it says", () => {
  const [before, after] = ["a\nb\nc\nd\n", "a\nB\nC\nd\ne\n"];
  const pastes = pastesBetween("x.md", before, after);
  expect(pastes.map(placeOf)).toEqual(["x.md: add below line 4", "x.md: put in the place of lines 2–3"]);
  expect(withPastes(before, pastes)).toBe(after);
  const blocks = pastes.flatMap((one) => [`   ${placeOf(one)}:`, "", "   ```md", ...one.text.map((line) => `   ${line}`), "   ```", ""]);
  const files = new Map([["x.md", before]]);
  const commands = followReport(["**Next**", "", "1. So.", "", ...blocks, "2. Run `npm run generate`."].join("\n"), {
    read: (file) => files.get(file),
    write: (file, text) => void files.set(file, text),
  });
  expect({ text: files.get("x.md"), commands }).toEqual({ text: after, commands: ["generate"] });
});
