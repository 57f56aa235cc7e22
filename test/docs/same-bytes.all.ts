// The same source gives the same site, wherever it is built and by whichever command.
import { readdirSync, readFileSync } from "node:fs";
import { afterAll, expect, inject, test } from "vitest";
import { startPreview } from "./start-preview.ts";
import { filesIn, makeTree } from "./tree.ts";

const site = `${inject("folder")}site/`;
const tree = makeTree("the-same-in-a-folder-with-another-name");
afterAll(() => tree.remove());

test("`npm run preview` builds a site that is missing, and says so: in another folder, time zone and language, the same bytes", async () => {
  const preview = await startPreview(tree.folder, { TZ: "Asia/Kolkata", LANG: "de_DE.UTF-8", LC_ALL: "C" });
  expect(preview.output()).toMatch(/^There is no site\/ yet: building it\.\nThe site is on http:\/\/127\.0\.0\.1:\d+\/ /);
  expect(await preview.stop("SIGTERM")).toBe(0);
  const other = `${tree.folder}site/`;
  const files = filesIn(site);
  expect(filesIn(other)).toEqual(files);
  expect(files.filter((file) => !readFileSync(other + file).equals(readFileSync(site + file)))).toEqual([]);
  expect(readdirSync(tree.folder).filter((name) => name.startsWith(".site-"))).toEqual([]);
});
