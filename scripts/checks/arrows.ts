// `npm run arrows`: who may import whom, and that nobody stands in a circle. `-- --write` writes the table of rooms in CONTRIBUTING.md anew.
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { root } from "../tool/root.ts";
import { runTool } from "../tool/run-tool.ts";
import { judgeTree } from "./imports/judge-tree.ts";
import { readTree } from "./imports/read-tree.ts";
import { withTable } from "./imports/rooms-table.ts";
import { rooms } from "./rooms.ts";

const page = `${root}CONTRIBUTING.md`;

await runTool(() => {
  const { values } = parseArgs({ options: { write: { type: "boolean", default: false } } });
  const text = readFileSync(page, "utf8");
  const shown = values.write ? (withTable(text, rooms) ?? text) : text;
  if (shown !== text) writeFileSync(page, shown);
  const tree = readTree(root);
  const offences = judgeTree(rooms, tree, shown);
  for (const { at, wrong, rule, cure } of offences) console.error(`${at} ${wrong}\n  rule: ${rule}\n  mend: ${cure}`);
  if (offences.length > 0) console.error(`\nOffences against the rooms: ${offences.length}. Again, by itself: npm run arrows`);
  else console.log(`ok: ${tree.size} files in ${rooms.length} rooms, no arrow backwards, no circle`);
  return offences.length === 0 ? 0 : 1;
});
