// Opens a journal and a number of entries, says what happened, and stays until it is killed.
import { createSqliteJournal } from "../../src/journal/index.ts";

const [path = "", count = "0"] = process.argv.slice(2);
try {
  const journal = await createSqliteJournal({ path });
  for (let i = 1; i <= Number(count); i++)
    await journal.opened({ id: `${i}`, callId: `call-${i}`, tenantId: "contoso", openedAt: Date.UTC(2026, 0, 1) });
  console.log("open");
} catch (error) {
  const { code, message, cause } = error as { code: string; message: string; cause?: { errcode?: number; code?: string } };
  console.log(JSON.stringify({ code, message, errcode: cause?.errcode ?? cause?.code }));
}
setInterval(() => {}, 60_000);
