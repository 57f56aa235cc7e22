// `node bench/size.ts`: what an application's bundle grows by, entry by entry, minified and compressed; what is Node's own is left out. Each
// chunk is compressed on its own, as a server would: those that the entry imports are loaded at first, those behind an `import()` on use.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { type OutputChunk, rolldown } from "rolldown";

const entries = {
  ".": "export { createRecordingClient } from",
  "./client": "export * from",
  "./notifications": "export * from",
  "./testing": "export { createFakeGraph } from",
} as const;
const files = { ".": "index", "./client": "client", "./notifications": "notifications/index", "./testing": "testing/index" } as const;

const folder = mkdtempSync(join(tmpdir(), "recording-status-size-"));
try {
  console.log("entry            minified      gzip  at first    on use");
  for (const entry of Object.keys(entries) as (keyof typeof entries)[]) {
    const chunks = await bundle(entry);
    const first = loadedAtFirst(chunks);
    const later = chunks.filter((chunk) => !first.includes(chunk));
    const minified = chunks.reduce((sum, { code }) => sum + Buffer.byteLength(code), 0);
    const columns = [minified, gzipOf(chunks), gzipOf(first), gzipOf(later)];
    console.log(entry.padEnd(15), ...columns.map((bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(9)));
    for (const chunk of later) console.log(`  ${chunk.fileName}: ${(gzipOf([chunk]) / 1000).toFixed(1)} kB`);
  }
} finally {
  rmSync(folder, { recursive: true });
}

async function bundle(entry: keyof typeof entries): Promise<readonly OutputChunk[]> {
  const input = join(folder, "entry.js");
  writeFileSync(input, `${entries[entry]} ${JSON.stringify(fileURLToPath(new URL(`../dist/src/${files[entry]}.js`, import.meta.url)))};`);
  const bundled = await rolldown({
    input,
    platform: "neutral",
    external: /^node:|^@stoplight\//,
    logLevel: "silent",
    resolve: { mainFields: ["module", "main"] },
  });
  const { output } = await bundled.generate({ format: "es", minify: true });
  await bundled.close();
  return output.filter((chunk) => chunk.type === "chunk");
}

/** The entry, what it imports, and what that imports. */
function loadedAtFirst(chunks: readonly OutputChunk[]): readonly OutputChunk[] {
  const found = new Set(chunks.filter(({ isEntry }) => isEntry));
  // A set is walked to its end, also to what is added meanwhile.
  for (const { imports } of found) for (const chunk of chunks) if (imports.includes(chunk.fileName)) found.add(chunk);
  return [...found];
}

function gzipOf(chunks: readonly OutputChunk[]): number {
  return chunks.reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).byteLength, 0);
}
