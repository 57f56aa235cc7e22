// The next process of a bot that was killed: it reports what was left behind, and may be killed over that, too.
import { createRecordingClient } from "../../src/index.ts";
import { openCrashJournal } from "./crash-journal.ts";
import { endWithParent, keepCompiledCode } from "./start-bot.ts";

endWithParent();
const [url = "", where = ""] = process.argv.slice(2);
const { journal } = await openCrashJournal(where, "recoverer");
keepCompiledCode();
const credential = { getToken: async () => ({ token: "any", expiresOnTimestamp: Date.UTC(2100, 0, 1) }) };
const graph = createRecordingClient({ baseUrl: url, credential, journal });
console.log("recovering");
await graph.recoverRecordings();
