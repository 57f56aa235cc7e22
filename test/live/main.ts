// `npm run test:live`: asks the live service what nobody else can answer, in a call that a person names. What went over the wire is kept, redacted, in
// live-facts.json, or where TEAMS_FACTS says. Exit 0: the exchange took place, whatever it was answered; 2: something is missing, or nothing was answered.
import { writeFileSync } from "node:fs";
import type { RecordingClientOptions } from "teams-recording-status";
import { azureCredential } from "teams-recording-status/azure";
import { missingLine } from "./environment.ts";
import { probe } from "./probe.ts";
import { answerAll, renderAnswer } from "./questions.ts";

async function main(): Promise<number> {
  const { TEAMS_CALL_ID: callId = "", TEAMS_OTHER_CALL_ID: otherCallId, TEAMS_CLOUD, TEAMS_FACTS = "live-facts.json" } = process.env;
  const missing = missingLine(process.env);
  if (missing !== undefined) {
    console.error(missing);
    return 2;
  }
  const cloud = (TEAMS_CLOUD ?? "global") as NonNullable<RecordingClientOptions["cloud"]>;
  const client = { credential: azureCredential({ cloud }), cloud };
  const facts = await probe({ callId, otherCallId, client, fetch: (url, init) => fetch(url, init), out: console.log });
  const answers = answerAll(facts);
  writeFileSync(TEAMS_FACTS, `${JSON.stringify({ cloud, answers, facts }, null, 2)}\n`);
  console.log(["", ...answers.map(renderAnswer), "", `${facts.length} exchanges are in ${TEAMS_FACTS}.`].join("\n"));
  return facts.some(({ status }) => status !== 0) ? 0 : 2;
}

process.exitCode = await main();
