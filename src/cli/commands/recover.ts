import { readAll } from "../../journal/read-trail.ts";
import { createSqliteJournal } from "../../journal/sqlite-journal.ts";
import type { JournalEntry } from "../../model/journal.ts";
import type { RecordingOutcome } from "../../model/outcome.ts";
import { openClient } from "../client.ts";
import type { Command } from "../command.ts";
import { confirm, yesOption } from "../confirm.ts";
import { credentialHelp } from "../credential.ts";
import { exit, type Invocation } from "../invocation.ts";
import { journalOption, readJournalPath, withJournalRead } from "../journal.ts";
import { has, jsonOption, type Values } from "../options.ts";
import { readTarget, type Target, targetOptions } from "../target.ts";
import { errorLine, tellError } from "../tell-error.ts";

export const recover: Command = {
  name: "recover",
  summary: "Reports `failed` for every recording that a journal says was left behind.",
  about: [
    "For a bot that died and will not be started again soon: its journal knows which calls it was recording. This lists them and asks, then reports `failed` for each, with the patience of a closing report, and writes that into the journal. A bot that runs holds its journal: then this is refused.",
    credentialHelp,
  ],
  options: { journal: journalOption, ...targetOptions, yes: yesOption, json: jsonOption },
  exits: {
    0: "Nothing is left behind (any more).",
    1: "Something could not be reported, the journal cannot be used; or you said no.",
  },
  examples: ["recover --journal recordings.db", "recover --journal recordings.db --cloud usGovL4 --yes --json"],
  async run(invocation, values) {
    const path = readJournalPath(values);
    const target = readTarget(values);
    // Refused while a bot holds it: what it records is not left behind.
    const journal = await createSqliteJournal({ path });
    try {
      const { open } = await withJournalRead(path, readAll);
      if (open.length === 0) return tell(invocation, values, []);
      const graph = await openClient(invocation, target, journal);
      try {
        if (!(await confirm(invocation, values, aboutToDo(open, target)))) {
          if (has(values, "json")) invocation.out(JSON.stringify({ outcomes: [], leftBehind: open.length }));
          return exit.bad;
        }
        return tell(invocation, values, await graph.recoverRecordings({ signal: invocation.signal }));
      } finally {
        await graph.close();
      }
    } finally {
      await journal.close();
    }
  },
};

function aboutToDo(open: readonly JournalEntry[], { endpoint, cloud, isLoopback }: Target): string[] {
  return [
    `This reports "failed" to ${endpoint.baseUrl}${isLoopback ? "" : ` (cloud ${cloud})`} for ${open.length === 1 ? "a call" : `${open.length} calls`} left behind:`,
    ...open.map(({ callId, openedAt }) => `  call ${callId}, recorded since ${new Date(openedAt).toISOString()}`),
  ];
}

function tell({ out, err, signal }: Invocation, values: Values, outcomes: readonly RecordingOutcome[]): number {
  const left = outcomes.filter(({ reason, reported }) => reported === undefined && reason !== "callEnded");
  if (has(values, "json")) {
    const told = outcomes.map(({ error, ...outcome }) => ({ ...outcome, error: error === undefined ? null : tellError(error) }));
    out(JSON.stringify({ outcomes: told, leftBehind: left.length }));
  } else if (outcomes.length === 0) out("Nothing was left behind.");
  else for (const outcome of outcomes) out(lineOf(outcome));
  for (const { callId, error } of outcomes) if (error !== undefined) err(`call ${callId}: ${errorLine(error)}`);
  signal.throwIfAborted();
  return left.length === 0 && outcomes.every(({ error }) => error === undefined) ? exit.ok : exit.bad;
}

function lineOf({ callId, reason, reported }: RecordingOutcome): string {
  if (reason === "callEnded") return `call ${callId}: is over; nothing was left to report.`;
  if (reported === undefined) return `call ${callId}: was NOT reported; it stays in the journal for the next time.`;
  return `call ${callId}: reported ${reported}.`;
}
