// The table of errors in docs/errors.md, row by row: each error is brought about, what it claims is compared with what is in effect at Graph, and
// the way back is walked to its end.
import { readFileSync } from "node:fs";
import { type AnyRecordingStatusError, isRecordingStatusError } from "teams-recording-status";
import { describe, expect, test } from "vitest";
import { outcome } from "../support/outcome.ts";
import { type Case, cases, createWorld, type World } from "./errors-table-cases.ts";

const page = readFileSync("docs/errors.md", "utf8");
const rows = new Map(
  [...page.matchAll(/^\| `([A-Z_]+)` \|[^|]*\|([^|]*)\|([^|]*)\|$/gm)].map(([, code = "", effect = "", back = ""]) => [
    code,
    { effect: effect.trim(), back: back.trim() },
  ]),
);

/** Brings the error about, with all the time that it takes. */
async function errorOf({ act, prepare }: Case, world: World): Promise<AnyRecordingStatusError> {
  prepare?.(world);
  const done = outcome(act(world));
  await world.clock.advance(100_000);
  expect(done.done).toBe(true);
  if (!isRecordingStatusError(done.error)) throw done.error ?? new Error("It did not fail.");
  return done.error;
}

test("every row has its cases, and every case its row", () => {
  expect([...rows.keys()].toSorted()).toEqual(Object.keys(cases).toSorted());
});

describe.each(Object.entries(cases))("%s", (code, all) => {
  test.each(all)("$what", async (one) => {
    const world = createWorld(one.steps ?? [], one.options);
    const error = await errorOf(one, world);
    expect([error.code, error.mayBeInEffect]).toEqual([code, one.mayBe]);
    expect(error.message.includes("may be in effect")).toBe(one.mayBe);
    if (one.back === undefined) return;
    const back = outcome<unknown>(one.back(world));
    await world.clock.advance(60_000);
    expect([back.error, world.server.inEffect]).toEqual([undefined, one.inEffect]);
  });

  test("docs/errors.md says of mayBeInEffect what the cases show", () => {
    const effect = rows.get(code)?.effect ?? "";
    const shown = new Set(all.map(({ mayBe }) => mayBe));
    if (effect === "`false`" || effect === "`true`") expect([...shown]).toEqual([effect === "`true`"]);
    else expect(shown.size, `${code}: "${effect}" promises both`).toBe(2);
    expect(rows.get(code)?.back).not.toBe("");
  });
});
