import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { posix } from "node:path";
import { describe, expect, inject, test } from "vitest";
import { filesIn, openTree } from "./tree.ts";

const tree = openTree(inject("folder"));
const site = `${tree.folder}site/`;
const files = filesIn(site);
const pages = files.filter((file) => file.endsWith(".html"));
const ours = pages.filter((file) => !file.startsWith("typescript/"));
const read = (file: string) => readFileSync(site + file, "utf8");

test("there is a page for each part, and TypeDoc's pages below typescript/", () => {
  const guides = filesIn(`${tree.folder}docs/`).map((file) => file.replace(/\.md$/, ".html"));
  expect(guides).toContain("errors.html");
  expect(ours).toEqual([...guides, "guides.html", "index.html", "reference.html"].toSorted());
  expect(pages.filter((file) => file.startsWith("typescript/")).length).toBeGreaterThan(40);
  for (const entry of ["", "_azure", "_client", "_notifications", "_testing"])
    expect(pages).toContain(`typescript/modules/teams-recording-status${entry}.html`);
});

test("the commands leave nothing else behind", () => {
  expect(readdirSync(tree.folder).filter((name) => name.startsWith(".site-"))).toEqual([]);
});

test("no file names a place of this machine", () => {
  const places = [tree.folder.slice(0, -1), process.cwd(), ...(homedir().length > 1 ? [`${homedir()}/`] : []), "file:///"];
  // Swagger UI's own bundle speaks of file:/// in general.
  const own = files.filter((file) => file !== "assets/swagger-ui-bundle.js");
  expect(own.flatMap((file) => places.filter((place) => read(file).includes(place)).map((place) => `${file}: ${place}`))).toEqual([]);
});

describe("nothing is asked for elsewhere", () => {
  test.each(pages)("%s", (file) => {
    const loads = [...read(file).matchAll(/<(?:script|img|iframe|source|use|object|embed)\b[^>]*?\b(?:src|href|data)="([^"]*)"/g)];
    const links = [...read(file).matchAll(/<link\b[^>]*\bhref="([^"]*)"/g)];
    expect([...loads, ...links].map(([, url = ""]) => url).filter((url) => /^(\w+:)?\/\//.test(url))).toEqual([]);
  });

  test("by a style sheet", () => {
    const urls = files
      .filter((file) => file.endsWith(".css"))
      .flatMap((file) => [...read(file).matchAll(/(?:url\(\s*|@import\s+)["']?([^"')]+)/g)].map(([, url = ""]) => url));
    expect(urls.filter((url) => !url.startsWith("data:") && /^(\w+:)?\/\//.test(url))).toEqual([]);
  });
});

describe("every link inside the site leads to a place that exists", () => {
  const ids = new Map(pages.map((file) => [file, new Set([...read(file).matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id))]));

  test.each(pages)("%s", (file) => {
    const hrefs = [...read(file).matchAll(/<a\b[^>]*?\bhref="([^"]*)"/g)].map(([, href = ""]) => href.replaceAll("&amp;", "&"));
    const inside = hrefs.filter((href) => !/^\w+:/.test(href));
    expect(inside.length).toBeGreaterThan(4);
    const broken = inside.filter((href) => {
      const [path = "", anchor] = href.split("#");
      const target = path === "" ? file : posix.join(posix.dirname(file), decodeURIComponent(path));
      if (!existsSync(site + target)) return true;
      return anchor !== undefined && anchor !== "" && ids.get(target)?.has(decodeURIComponent(anchor)) !== true;
    });
    expect(broken).toEqual([]);
  });
});

describe("each page that we make", () => {
  test.each(ours)("%s has a language, one h1, landmarks and a title", (file) => {
    const text = read(file);
    expect(text).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(text.match(/<h1\b/g)).toHaveLength(1);
    for (const landmark of [/<main\b/g, /<nav aria-label="Site"/g, /<footer\b/g]) expect(text.match(landmark)).toHaveLength(1);
    expect(text).toMatch(/<title>[^<]+<\/title>/);
  });

  test.each(pages)("%s has the site's bar", (file) => expect(read(file)).toMatch(/<header class="site-top">/));

  test.each(ours)("%s has no id twice", (file) => {
    const found = [...read(file).matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id);
    expect(found.filter((id, index) => found.indexOf(id) !== index)).toEqual([]);
  });
});
