import { readCalls, readLines, verifyTrail } from "../../journal/read-trail.ts";
import type { Verification } from "../../journal/types.ts";
import type { Command } from "../command.ts";
import { exit } from "../invocation.ts";
import { journalOption, readJournalPath, withJournalRead } from "../journal.ts";
import { has, jsonOption, one } from "../options.ts";
import { errorLine } from "../tell-error.ts";

type Told = { readonly callId: string; readonly timeline: readonly string[] };

export const audit: Command = {
  name: "audit",
  summary: "Prints what a journal knows of calls, and says whether it is as it was written.",
  about: [
    "Reads a journal in a SQLite file: the timeline of each call, and whether every row is as it was written and none between the first and the last is missing. It opens the file for reading only, also beside a bot that is writing to it.",
  ],
  options: {
    journal: journalOption,
    call: { value: "ID", help: "This call only, in any spelling of its id. The whole file is verified all the same." },
    json: jsonOption,
  },
  exits: {
    0: "The journal is whole.",
    1: "It is not, or cannot be read, or does not know the call.",
  },
  examples: ["audit --journal recordings.db", "audit --journal recordings.db --call 57dab8b1-894c-409a-b240-bd8beae78896 --json"],
  async run({ out, err }, values) {
    const wanted = one(values, "call");
    const { verification, calls, problem } = await withJournalRead(readJournalPath(values), async (file) => {
      const verified = await verifyTrail(file, undefined);
      return {
        verification: verified,
        ...readTimelines(
          () => (wanted === undefined ? readCalls(file) : [wanted]),
          (id) => readLines(file, id),
        ),
      };
    });
    const isUnknown = wanted !== undefined && calls.every(({ timeline }) => timeline.length === 0);
    if (has(values, "json")) out(JSON.stringify({ ...verification, problem: verification.problem ?? null, calls }));
    else for (const line of linesOf(isUnknown ? [] : calls, verification)) out(line);
    if (!verification.isWhole) err(`The journal is not whole: ${verification.problem}. What it tells cannot be relied on.`);
    if (problem !== undefined) err(errorLine(problem));
    if (isUnknown) err(`The journal knows nothing of call ${wanted}.`);
    return verification.isWhole && problem === undefined && !isUnknown ? exit.ok : exit.bad;
  },
};

/** What can be read of a damaged file is told, and what cannot is the problem. */
function readTimelines(callsOf: () => readonly string[], linesOfCall: (callId: string) => readonly string[]) {
  const calls: Told[] = [];
  try {
    for (const callId of callsOf()) calls.push({ callId, timeline: linesOfCall(callId) });
    return { calls, problem: undefined };
  } catch (problem) {
    return { calls, problem };
  }
}

function linesOf(calls: readonly Told[], { isWhole, rows }: Verification): string[] {
  const timelines = calls.flatMap(({ callId, timeline }) => [`call ${callId}`, ...timeline.map((line) => `  ${line}`), ""]);
  const whole = `${rows} ${rows === 1 ? "row" : "rows"}: each is as it was written, and none between the first and the last is missing.`;
  return isWhole ? [...timelines, whole] : timelines;
}
