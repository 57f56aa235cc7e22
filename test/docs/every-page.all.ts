// `npm run test:all`: what `npm test` looks at for one page of each kind, for all of them.
import { pathToFileURL } from "node:url";
import { expect, inject, test } from "vitest";
import { join } from "./browser.ts";
import { faultsOf, pagesOf } from "./looks.ts";

test.skipIf(inject("browser") === "")("every page of TypeDoc from the disk, 360 wide: no fault, no request elsewhere", async () => {
  const { theirs } = pagesOf(inject("folder"));
  expect(theirs.length).toBeGreaterThan(40);
  const browser = await join(inject("browser"));
  try {
    const addresses = theirs.map((name) => pathToFileURL(`${inject("folder")}site/${name}`).href);
    const faults = await faultsOf(browser, addresses, [{ width: 360, colorScheme: "light" }]);
    expect([...faults.values()]).toEqual([[]]);
  } finally {
    await browser.close();
  }
});
