// What the pages say, held to the sources that they are made from: read here by other means than the builder's.
import { readdirSync } from "node:fs";
import { describe, expect, inject, test } from "vitest";
import { parse } from "yaml";
import { openTree } from "./tree.ts";

const tree = openTree(inject("folder"));
const page = (name: string) => tree.read(`site/${name}.html`);
const spec = parse(tree.read("openapi/recording-status.yaml"), { maxAliasCount: 1000 });

/** The text of HTML, without its tags. */
function textOf(html: string): string {
  const plain = html
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/&(lt|gt|quot|#39);/g, (_, name: string) => ({ lt: "<", gt: ">", quot: '"', "#39": "'" })[name] ?? "");
  return plain.replaceAll("&amp;", "&").replaceAll(/\s+/g, " ");
}

function row(html: string, id: string): string {
  return new RegExp(`<tr[^>]* id="${id}">([\\s\\S]*?)</tr>`).exec(html)?.[1] ?? `no row ${id}`;
}

describe("the table of errors", () => {
  const source = tree.read("src/model/errors.ts") + tree.read("src/model/http-errors.ts");
  const members = [
    ...(/export type AnyRecordingStatusError =([\s\S]*?);/.exec(tree.read("src/model/any-error.ts"))?.[1]?.matchAll(/\w+Error/g) ?? []),
  ];
  const errors = members.map(([name]) => {
    const [, comment = "", body = ""] =
      new RegExp(`/\\*\\*\\s+(?:\\* )?([^\\n]*?)(?: \\*/|\\n(?: \\*[^\\n]*\\n)*? \\*/)\\nexport class ${name} ([\\s\\S]*?)\\n}`).exec(
        source,
      ) ?? [];
    return { name, comment, code: /code = "(\w+)"/.exec(body)?.[1] ?? "none", retryable: /retryable = true/.test(body) };
  });

  test("the union was found", () => expect(errors.length).toBeGreaterThan(15));

  test.each(errors)("$code has a row with class, meaning and advice", ({ name, comment, code, retryable }) => {
    const found = row(page("errors"), code);
    expect(found).toContain(`href="typescript/classes/teams-recording-status.${name}.html"`);
    expect(textOf(found)).toContain(comment.replaceAll("`", "").slice(0, 20));
    const advice = new RegExp(`^\\| \`${code}\` \\|(.*)\\|(.*)\\|(.*)\\|$`, "m").exec(tree.read("docs/errors.md"));
    for (const cell of advice?.slice(2) ?? ["no row in docs/errors.md"])
      expect(textOf(found).replaceAll(/ (?=[.,;:])/g, "")).toContain(
        cell
          .trim()
          .replaceAll(/`|\[(\w+)\]\([^)]*\)/g, "$1")
          .split(" `")[0],
      );
    expect(/>yes</.test(found)).toBe(retryable);
  });

  test("there is no row without an error", () => {
    const ids = [...page("errors").matchAll(/<tr[^>]* id="([A-Z_]+)">/g)].map(([, id]) => id);
    expect(ids).toEqual(errors.map(({ code }) => code));
  });
});

test("every communications code has its row, and a link to the examples that carry it", () => {
  const codes = [...tree.read("src/model/comms-codes.ts").matchAll(/^ {2}(\d+): \{\n {4}meaning: "(.*)"/gm)];
  expect(codes.length).toBeGreaterThan(4);
  for (const [, code = "", meaning = ""] of codes) expect(textOf(row(page("errors"), `code-${code}`))).toContain(meaning);
  expect(row(page("errors"), "code-8506")).toContain("notPolicyRecordingCall");
  expect(row(page("errors"), "code-7503")).toContain("applicationNotRegistered");
  expect(textOf(row(page("errors"), "code-7504"))).toContain("Calls.AccessMedia.All or Calls.JoinGroupCall.All");
});

describe("the diagram", () => {
  const svg = /<svg class="lifecycle"[\s\S]*?<\/svg>/.exec(page("index"))?.[0] ?? "";
  const drawn = /<!-- lifecycle -->[\s\S]*?<!-- \/lifecycle -->/.exec(tree.read("docs/recording.md"))?.[0] ?? "";
  const arrows = [...drawn.matchAll(/^ {2}(\w+) --> (\w+): (\w+)$/gm)].map(([, from = "", to = "", event = ""]) => ({ from, to, event }));

  test("docs/recording.md has one too", () => expect(arrows.length).toBeGreaterThan(10));

  test.each(arrows)("$from becomes $to by $event", ({ from, to, event }) => {
    const sentence = new RegExp(`${from} becomes ${to} by ([^.]*)\\.`).exec(svg)?.[1] ?? "no such move";
    expect(sentence.split(" or ")).toContain(event);
  });

  test("it has no other moves, and draws each of them once", () => {
    const sentences = [...svg.matchAll(/\w+ becomes \w+ by ([^.]*)\./g)].flatMap(([, events = ""]) => events.split(" or "));
    expect(sentences).toHaveLength(arrows.length);
    const pairs = new Set(arrows.map(({ from, to }) => `${from} ${to}`));
    // And one arrow from the beginning, one to the end.
    expect(svg.match(/class="edge"/g)).toHaveLength(pairs.size + 2);
    for (const { from, to } of arrows) for (const phase of [from, to]) expect(svg).toContain(`>${phase}</text>`);
  });

  test("its labels lie on top of all lines, each event of a move in one", () => {
    const [lines = "", labels = ""] = svg.split('class="labels"');
    expect(lines.match(/class="edge"/g)?.length).toBeGreaterThan(0);
    expect(labels).not.toContain("<path");
    expect(labels.match(/<text/g)).toHaveLength(arrows.length);
  });

  test("it has a title and a description, and no colours of its own", () => {
    expect(svg).toMatch(/role="img" aria-labelledby="lifecycle-title lifecycle-desc"/);
    expect(svg).not.toMatch(/ (fill|stroke)="/);
  });
});

type Cloud = { readonly name: string; readonly version: string };

test("each cloud is supported or refused with the reason, with host, scope and authority", () => {
  const text = textOf(page("clouds"));
  for (const { url, "x-cloud": cloud } of spec.servers)
    for (const part of [url, ...(Object.values(cloud) as string[])]) expect(text).toContain(part);
  for (const { name, reason } of spec["x-unsupported-clouds"]) for (const part of [name, reason]) expect(text).toContain(part);
  const served = spec.servers.map((server: { "x-cloud": { name: string; version: string } }) => server["x-cloud"]) as Cloud[];
  const isServed = (cloud: string, version: string) => served.some((one) => one.name === cloud && one.version === version);
  // One cell for each version: what is not served is refused.
  for (const { name } of served) {
    const cells = new RegExp(`<code class="code">${name}</code></th>([\\s\\S]*?)</tr>`).exec(page("clouds"))?.[1] ?? "";
    const said = ["v1.0", "beta"].map((version) => (isServed(name, version) ? "supported" : "refused"));
    expect(textOf(cells)).toMatch(new RegExp(said.join(".*")));
  }
  for (const scope of Object.keys(spec.components.securitySchemes.graphApplication.flows.clientCredentials.scopes))
    expect(text).toContain(scope);
});

test("the servers of the document are in the reference too, and the document itself beside it", () => {
  for (const { url } of spec.servers) expect(textOf(page("reference"))).toContain(url);
  expect(tree.read("site/openapi.yaml")).toBe(tree.read("openapi/recording-status.yaml"));
});

describe("a page of docs/", () => {
  const names = readdirSync(`${tree.folder}docs`).map((name) => name.replace(/\.md$/, ""));
  const listed = [...page("guides").matchAll(/<li><a href="([\w-]+)\.html"><strong>/g)].map(([, name = ""]) => name);

  test("is in the list of guides, and those that are looked up come last", () => {
    expect(listed.toSorted()).toEqual(names.toSorted());
    expect([listed[0], ...listed.slice(-4)]).toEqual(["recording", "errors", "options", "clouds", "parts"]);
  });

  test.each(names)("%s: its title, its sections and its code are shown, and nothing of its form", (name) => {
    const source = tree.read(`docs/${name}.md`);
    const [shown, text] = [page(name), textOf(page(name))];
    const [, title = ""] = /^# (.+)$/m.exec(source) ?? [];
    expect(textOf(/<h1>.*<\/h1>/.exec(shown)?.[0] ?? "").trim()).toBe(title);
    const withoutCode = source.replaceAll(/^```[\s\S]*?^```$/gm, "");
    const headings = [...withoutCode.matchAll(/^#{2,3} (.+)$/gm)].map(([, heading = ""]) => heading);
    expect(headings.length).toBeGreaterThan(1);
    for (const heading of headings) {
      expect(text).toContain(heading.replaceAll("`", ""));
      // Where a link of the repository leads: GitHub's name for the heading.
      const anchor = heading
        .toLowerCase()
        .replaceAll(/[^\w -]/g, "")
        .replaceAll(" ", "-");
      expect(new RegExp(`<h[23] id="${anchor}">`).exec(shown)?.[0]).toBeDefined();
    }
    for (const [, code = ""] of source.matchAll(/^```(?:ts|sh|text)\b.*\n([\s\S]*?)^```$/gm))
      expect(textWithin(shown)).toContain(code.replaceAll(/\s+/g, ""));
    expect(/```|<!--|\*\*|\]\(/.exec(textOf(shown.replaceAll(/<pre\b[\s\S]*?<\/pre>/g, "")))?.[0]).toBe(undefined);
  });
});

/** The text of HTML without any space: colours cut code into words. */
function textWithin(html: string): string {
  return textOf(html.replaceAll(/<[^>]*>/g, "")).replaceAll(" ", "");
}
