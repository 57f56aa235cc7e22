// Would the model notice? Each of these bugs is put into a copy of the library; the random recordings must find it.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { findFaults, scenarios } from "./scenario.ts";

type Bug = { readonly name: string; readonly file: string; readonly from: string; readonly to: string };

const recording = "lifecycle/recording.ts";
const state = "lifecycle/state.ts";
const start = "lifecycle/start-recording.ts";

const bugs: readonly Bug[] = [
  { name: "a pending operation counts as confirmed", file: start, from: 'if (operation.status === "completed") return', to: "return" },
  {
    name: "the permit outlives the stop",
    file: state,
    from: 'return state.phase === "recording"',
    to: 'return state.phase === "recording" || state.phase === "stopping"',
  },
  {
    name: "the end is reported without waiting for recorder.stop",
    file: recording,
    from: 'this.#try(runBounded(runtime, { ...settings, what: "recorder.stop" }',
    to: '!void this.#try(runBounded(runtime, { ...settings, what: "recorder.stop" }',
  },
  {
    name: "a recorder that fails to stop is reported as stopped",
    file: recording,
    from: "clean: piped && clean.every(Boolean)",
    to: "clean: true",
  },
  {
    name: "recorder.stop is not called after a failed start",
    file: recording,
    from: 'this.#end("startFailed");',
    to: 'this.#move({ type: "end", reason: "startFailed" }); this.#move({ type: "stopped", clean: false }); await this.#closeAndEnd();',
  },
  {
    name: "recorder.stop is called twice",
    file: recording,
    from: "this.#winding ??= this.#windDown()",
    to: "this.#winding ??= Promise.allSettled([this.#windDown(), (async () => this.#deps.recorder.stop({ callId: this.callId, reason }))()]) as never",
  },
  {
    name: "what may be in effect is not closed",
    file: start,
    from: "return made.some((record) => !refused(record));",
    to: "return made.length < 0;",
  },
  {
    name: "an abort in flight is taken for a refusal",
    file: start,
    from: "record) => !refused(record))",
    to: 'record) => !refused(record) && record.outcome !== "ABORTED")',
  },
  {
    name: "the signal that ends the recording cancels its report",
    file: start,
    from: "services.runtime.randomUUID(), undefined)",
    to: "services.runtime.randomUUID(), options.signal)",
  },
  { name: "gates stay open at the stop", file: recording, from: "for (const gate of this.#gates) gate.close();", to: "" },
  { name: "sinks of pipes are not waited for", file: recording, from: "() => all(this.#pipes)", to: "() => undefined" },
  {
    name: "the recorder starts while the report is in flight",
    file: start,
    from: "  try {\n    const clientContext",
    to: "  try {\n    await recorder.start({ callId, operation: {} as never, signal: recording.signal });\n    const clientContext",
  },
  { name: "a recording that is live may be started again", file: start, from: 'registry.refuseIfLive(callId, "startRecording");', to: "" },
  { name: "an error of the closing report is swallowed", file: recording, from: "if (!callGone) this.#problems.push(error);", to: "" },
  {
    name: "an error of recorder.stop is swallowed",
    file: recording,
    from: "      this.#problems.push(error as RecordingStatusError);\n",
    to: "",
  },
  { name: "an ended recording stays listed", file: recording, from: "this.#deps.onEnded();", to: "" },
  {
    name: "recorder.stop has no bound",
    file: recording,
    from: 'what: "recorder.stop" }',
    to: 'what: "recorder.stop", limitMs: 2 ** 31 - 1 }',
  },
];

const folder = join(process.cwd(), ".mutants");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A copy of the library with one line changed. */
async function withBug({ file, from, to }: Bug, index: number) {
  const copy = join(folder, String(index));
  mkdirSync(copy, { recursive: true });
  for (const room of ["src", "generated"]) cpSync(room, join(copy, room), { recursive: true });
  const path = join(copy, "src", file);
  const text = readFileSync(path, "utf8");
  expect(text.split(from), `${file} has the line once`).toHaveLength(2);
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
  return (await import(join(copy, "src/index.ts"))) as typeof import("teams-recording-status");
}

test.each(bugs.map((bug, index) => ({ ...bug, index })))("the model notices: $name", { timeout: 60_000 }, async ({ index, ...bug }) => {
  const library = await withBug(bug, index);
  const property = fc.asyncProperty(
    scenarios,
    async (scenario) => (await findFaults(library, scenario).catch((error) => [String(error)])).length === 0,
  );
  const { failed } = await fc.check(property, { numRuns: 1_500, seed: 1, endOnFailure: true });
  expect(failed).toBe(true);
});
