// The pure machine: which move leads where, what is reported at the end, and that docs/recording.md draws the same.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  closingStatus,
  drawMoves,
  moves,
  nextState,
  permitsPersisting,
  type RecordingEvent,
  type RecordingPhase,
  type RecordingState,
} from "../../src/lifecycle/state.ts";
import type { EndReason } from "../../src/model/outcome.ts";

const reasons: readonly EndReason[] = ["stopped", "failed", "aborted", "callEnded", "closed", "startFailed"];
const completed: RecordingEvent = { type: "completed" };
const refused: RecordingEvent = { type: "refused" };
const unknown: RecordingEvent = { type: "unknown" };
const started: RecordingEvent = { type: "started" };
const clean: RecordingEvent = { type: "stopped", clean: true };
const unclean: RecordingEvent = { type: "stopped", clean: false };
const reported: RecordingEvent = { type: "reported", callGone: false };
const callGone: RecordingEvent = { type: "reported", callGone: true };
const end = (reason: EndReason): RecordingEvent => ({ type: "end", reason });
const events: readonly RecordingEvent[] = [completed, refused, unknown, started, ...reasons.map(end), clean, unclean, reported, callGone];

/** The legal moves once more, by hand: phase, event, where it may lead. What is not here must throw. */
const legal: { readonly [P in RecordingPhase]: { readonly [E in RecordingEvent["type"]]?: readonly RecordingPhase[] } } = {
  reporting: { completed: ["starting"], refused: ["ended"], unknown: ["closing"], end: ["withdrawing"] },
  withdrawing: { completed: ["closing", "ended"], refused: ["ended"], unknown: ["closing", "ended"], end: ["withdrawing"] },
  starting: { started: ["recording"], end: ["stopping"] },
  recording: { end: ["stopping"] },
  stopping: { stopped: ["closing", "ended"], end: ["stopping"] },
  closing: { reported: ["ended"], end: ["closing"] },
  ended: { end: ["ended"] },
};

const stateAfter = (...path: readonly RecordingEvent[]): RecordingState => path.reduce(nextState, { phase: "reporting" });

/** Every state that any events lead to, and all moves between them. */
function explore() {
  const found = new Map<string, RecordingState>();
  const steps: { readonly from: RecordingState; readonly event: RecordingEvent; readonly to: RecordingState | "throws" }[] = [];
  const visit = (state: RecordingState) => {
    if (found.has(JSON.stringify(state))) return;
    found.set(JSON.stringify(state), state);
    for (const event of events) {
      const to = tryMove(state, event);
      steps.push({ from: state, event, to });
      if (to !== "throws") visit(to);
    }
  };
  visit({ phase: "reporting" });
  return { states: [...found.values()], steps };
}

function tryMove(state: RecordingState, event: RecordingEvent): RecordingState | "throws" {
  try {
    return nextState(state, event);
  } catch {
    return "throws";
  }
}

const { states, steps } = explore();
const phases = Object.keys(legal) as RecordingPhase[];

describe("every phase, every event", () => {
  test("the table is the one that is written here", () => expect(moves).toEqual(legal));

  test("every phase can be reached", () => expect(new Set(states.map(({ phase }) => phase))).toEqual(new Set(phases)));

  for (const phase of phases) {
    for (const type of new Set(events.map((event) => event.type))) {
      const targets = legal[phase][type];
      test(`${phase}, ${type}: ${targets === undefined ? "throws" : `leads to ${targets.join(" or ")}, and to nothing else`}`, () => {
        const made = steps.filter(({ from, event }) => from.phase === phase && event.type === type);
        const led = new Set(made.map(({ to }) => (to === "throws" ? to : to.phase)));
        expect(led).toEqual(new Set(targets ?? ["throws"]));
      });
    }
  }

  test("an illegal move names the phase and the event", () => {
    expect(() => nextState({ phase: "recording" }, completed)).toThrow(/recording.*"completed"/);
  });

  test("no move changes the state that it starts from", () => {
    for (const state of states) for (const event of events) tryMove(Object.freeze({ ...state }), event);
  });
});

describe("the permit", () => {
  test("holds in one phase only", () => {
    expect(states.filter(permitsPersisting)).toEqual([{ phase: "recording" }]);
  });

  test("is given by one move, after completed and started, and never comes back", () => {
    const given = steps.filter(({ to }) => to !== "throws" && permitsPersisting(to));
    expect(given).toEqual([{ from: { phase: "starting" }, event: started, to: { phase: "recording" } }]);
    const intoStarting = steps.filter(({ to }) => to !== "throws" && to.phase === "starting");
    expect(intoStarting).toEqual([{ from: { phase: "reporting" }, event: completed, to: { phase: "starting" } }]);
  });

  test.each(reasons)("ends at once with %s", (reason) => {
    expect(permitsPersisting(stateAfter(completed, started, end(reason)))).toBe(false);
  });
});

describe("what is reported at the end", () => {
  test.each([
    ["stopped", "notRecording"],
    ["aborted", "notRecording"],
    ["closed", "notRecording"],
    ["failed", "failed"],
    ["startFailed", "failed"],
    ["callEnded", undefined],
  ] as const)("%s: %s", (reason, status) => {
    expect(closingStatus(reason)).toBe(status);
    expect(stateAfter(completed, started, end(reason), clean)).toEqual(
      status === undefined ? { phase: "ended", reason } : { phase: "closing", reason, status },
    );
    expect(stateAfter(completed, end(reason), clean)).toEqual(stateAfter(completed, started, end(reason), clean));
  });

  test.each(reasons.filter((reason) => reason !== "callEnded"))("%s, but the recorder did not stop cleanly: failed", (reason) => {
    expect(stateAfter(completed, started, end(reason), unclean)).toEqual({ phase: "closing", reason, status: "failed" });
  });

  test("a report that nobody confirmed: failed; one that was refused: nothing", () => {
    expect(stateAfter(unknown)).toEqual({ phase: "closing", reason: "startFailed", status: "failed" });
    expect(stateAfter(refused)).toEqual({ phase: "ended", reason: "startFailed" });
  });

  // A start that was withdrawn: notRecording when the caller took it back; close took nothing back, unless success was seen.
  test.each([
    ["aborted", "notRecording", "notRecording"],
    ["stopped", "notRecording", "notRecording"],
    ["closed", "notRecording", "failed"],
    ["failed", "failed", "failed"],
  ] as const)("withdrawn (%s): %s when it was confirmed, %s when that is unknown, nothing when it was refused", (reason, sure, unsure) => {
    expect(stateAfter(end(reason), completed)).toEqual({ phase: "closing", reason, status: sure });
    expect(stateAfter(end(reason), unknown)).toEqual({ phase: "closing", reason, status: unsure });
    expect(stateAfter(end(reason), refused)).toEqual({ phase: "ended", reason });
  });

  test("an answer that the call is over makes callEnded the reason", () => {
    expect(stateAfter(completed, started, end("stopped"), clean, callGone)).toEqual({ phase: "ended", reason: "callEnded" });
    expect(stateAfter(completed, started, end("stopped"), clean, reported)).toEqual({ phase: "ended", reason: "stopped" });
  });
});

describe("a second end", () => {
  const paths = { withdrawing: [], stopping: [completed, started] } as const;
  const others = reasons.filter((reason) => reason !== "failed" && reason !== "callEnded");

  test.each(Object.entries(paths))("while %s: the first reason stays", (_, path) => {
    for (const first of reasons) {
      for (const second of others) expect(stateAfter(...path, end(first), end(second))).toEqual(stateAfter(...path, end(first)));
    }
  });

  test.each(Object.entries(paths))("while %s: callEnded silences the report, whatever came before or comes after", (phase, path) => {
    for (const other of reasons) {
      const silent = { phase, reason: "callEnded", status: undefined };
      expect(stateAfter(...path, end(other), end("callEnded"))).toEqual(silent);
      expect(stateAfter(...path, end("callEnded"), end(other))).toEqual(silent);
    }
    expect(stateAfter(...path, end("callEnded"), path.length === 0 ? unknown : unclean)).toEqual({ phase: "ended", reason: "callEnded" });
  });

  test.each(["stopped", "aborted", "closed"] as const)("a failure after %s is not hidden by it", (reason) => {
    const failed = { phase: "closing", reason, status: "failed" };
    expect(stateAfter(completed, started, end(reason), end("failed"), clean)).toEqual(failed);
    for (const answer of [completed, unknown]) expect(stateAfter(end(reason), end("failed"), answer)).toEqual(failed);
  });

  test("while closing or ended: it changes nothing, the report is on its way", () => {
    for (const state of states.filter(({ phase }) => phase === "closing" || phase === "ended")) {
      for (const reason of reasons) expect(nextState(state, end(reason))).toEqual(state);
    }
  });
});

describe("the drawing", () => {
  test("has every move between two phases once, a beginning and an end", () => {
    const arrows = phases.flatMap((phase) =>
      Object.entries(legal[phase]).flatMap(([event, targets]) =>
        targets.filter((target) => target !== phase).map((target) => `${phase} --> ${target}: ${event}`),
      ),
    );
    const [first, ...lines] = drawMoves().split("\n");
    expect(first).toBe("stateDiagram-v2");
    expect(lines.map((line) => line.trim()).toSorted()).toEqual(["[*] --> reporting", "ended --> [*]", ...arrows].toSorted());
    expect(drawMoves()).toBe(drawMoves());
  });

  test("docs/recording.md shows it between its markers", () => {
    const wanted = `<!-- lifecycle -->\n\`\`\`mermaid\n${drawMoves()}\n\`\`\`\n<!-- /lifecycle -->`;
    const page = readFileSync(new URL("../../docs/recording.md", import.meta.url), "utf8").replaceAll("\r\n", "\n");
    const shown = /<!-- lifecycle -->[\s\S]*?<!-- \/lifecycle -->/.exec(page)?.[0] ?? "no such block";
    const print = `node -e 'import("./src/lifecycle/state.ts").then(({ drawMoves }) => console.log(drawMoves()))'`;
    expect(shown, `docs/recording.md and src/lifecycle/state.ts disagree. ${print} prints the diagram; paste this:\n\n${wanted}\n\n`).toBe(
      wanted,
    );
  });
});
