// `node bench/size.ts`: what an application's bundle grows by, entry by entry, minified and compressed; what is Node's own is left out.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";

const entries = {
  ".": "export { createRecordingClient } from",
  "./client": "export * from",
  "./notifications": "export * from",
  "./testing": "export { createFakeGraph } from",
} as const;
const files = { ".": "index", "./client": "client", "./notifications": "notifications/index", "./testing": "testing/index" } as const;

const folder = mkdtempSync(join(tmpdir(), "recording-status-size-"));
try {
  console.log("entry            minified      gzip");
  for (const entry of Object.keys(entries) as (keyof typeof entries)[]) {
    const input = join(folder, "entry.js");
    writeFileSync(input, `${entries[entry]} ${JSON.stringify(fileURLToPath(new URL(`../dist/src/${files[entry]}.js`, import.meta.url)))};`);
    const bundle = await rolldown({
      input,
      platform: "neutral",
      external: /^node:|^@stoplight\//,
      logLevel: "silent",
      resolve: { mainFields: ["module", "main"] },
    });
    const { output } = await bundle.generate({ format: "es", minify: true });
    const code = output.map((chunk) => (chunk.type === "chunk" ? chunk.code : "")).join("");
    const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`.padStart(9);
    console.log(`${entry.padEnd(15)} ${kB(Buffer.byteLength(code))} ${kB(gzipSync(code, { level: 9 }).byteLength)}`);
    await bundle.close();
  }
} finally {
  rmSync(folder, { recursive: true });
}
