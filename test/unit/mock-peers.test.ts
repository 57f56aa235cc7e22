// Who has no Prism is told which packages to install, and in which versions: one of them is broken in the newest.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { mockPeers } from "../../src/testing/start-mock-graph.ts";

const { devDependencies, peerDependencies } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

test("the versions that the message names are those that the mock is tested with", () => {
  expect(mockPeers).toEqual(Object.fromEntries(Object.keys(mockPeers).map((name) => [name, devDependencies[name]])));
});

test("every peer of Prism's is named", () => {
  expect(Object.keys(mockPeers)).toEqual(Object.keys(peerDependencies).filter((name) => name.startsWith("@stoplight/")));
});
