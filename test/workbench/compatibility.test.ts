// Each kind of edit gets its right class: which version it asks for, and whom it can break.
import { describe, expect, test } from "vitest";
import { highest, together } from "../../scripts/review/change.ts";
import { changesOf } from "../../scripts/review/compatibility.ts";
import { frozenSpec } from "../support/frozen.ts";
import { type Edit, edits } from "./edits.ts";

const base = frozenSpec;

function applied({ from, to }: Edit): string {
  // In a replacement for a plain text, "$" means itself.
  const text = typeof from === "string" ? base.replace(from, () => to) : base.replace(from, to);
  if (text === base && from !== to) throw new Error(`The frozen spec has no ${from}: correct the edit.`);
  return text;
}

describe("an edit", () => {
  for (const edit of edits) {
    test(`${edit.what}: ${edit.bump}${edit.side === undefined ? "" : `, ${edit.side}`}`, () => {
      const text = applied(edit);
      const changes = changesOf(base, text);
      const bump = highest(changes.map((change) => change.bump));
      const gravest = changes.filter((change) => change.bump === bump).map(({ side }) => side);
      const side = gravest.length === 0 ? undefined : gravest.reduce(together);
      expect({ bump, side }, JSON.stringify(changes, undefined, 2)).toEqual({ bump: edit.bump, side: edit.side });
    });
  }
});

test("at least 40 kinds of edit are tried, each once", () => {
  expect(edits.length).toBeGreaterThanOrEqual(40);
  expect(new Set(edits.map(({ what }) => what)).size).toBe(edits.length);
});

test("a demand that moves between the document and its operations lets the same callers pass", () => {
  const demand = "security:\n        - graphApplication: [Calls.AccessMedia.All]\n        - graphApplication: [Calls.JoinGroupCall.All]\n";
  const before = frozenSpec;
  const after = before.replaceAll(`      ${demand}`, "").replace("\ntags:\n", () => `\n${demand.replaceAll("        -", "  -")}\ntags:\n`);
  for (const changes of [changesOf(before, after), changesOf(after, before)]) {
    expect(changes.map(({ bump, wire }) => `${bump} ${wire}`)).toEqual(Array.from({ length: 4 }, () => "patch no"));
    expect(changes.map(({ why }) => why)).toContain("What each operation demands is told there.");
  }
  // Who takes it before and after is told of nowhere else.
  const [free, freed] = [after, after.replace(`\n${demand.replaceAll("        -", "  -")}`, "")];
  expect(changesOf(free, freed).map(({ why }) => why)).toEqual(["No token is demanded any more: callers may send without one."]);
});

test("names of a path that change their places send callers elsewhere, for the client fills in by name; new names do not", () => {
  const path = (first: string, second: string) => `/communications/calls/{${first}}/operations/{${second}}:`;
  const inPath = (first: string, second: string) => base.replace(path("id", "operationId"), path(first, second));
  const swapped = inPath("operationId", "id");
  const withParameters = swapped.replace(
    /^( {6}name: )(id|operationId)$/gm,
    (_, key, name) => key + (name === "id" ? "operationId" : "id"),
  );
  const told = (text: string) => changesOf(base, text).map(({ wire, why }) => `${wire}: ${why.split(":")[0]}`);
  const elsewhere = "yes: A name stands for another part of the path now";
  expect([swapped, withParameters, inPath("callId", "id")].map(told)).toEqual([
    [elsewhere],
    [elsewhere, elsewhere, elsewhere],
    [elsewhere],
  ]);
  expect(told(inPath("call", "operation")).join()).toMatch(/^no: The address stays\. [^:]+$/);
});
