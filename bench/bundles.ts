import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { type OutputChunk, rolldown } from "rolldown";

/** What an application takes of each entry. */
const uses = {
  ".": ["index", "export { createRecordingClient } from"],
  "./client": ["client", "export * from"],
  "./notifications": ["notifications/index", "export * from"],
  "./testing": ["testing/index", "export { createFakeGraph } from"],
} as const;

/** Bytes of an application's bundle. `first` is loaded at once, `later` is behind an `import()`. */
export type Bundle = {
  readonly entry: string;
  readonly minified: number;
  readonly first: number;
  readonly later: ReadonlyMap<string, number>;
};

/** What an application's bundle grows by, entry by entry, minified and compressed; what is Node's own is left out. */
export async function measureBundles(): Promise<readonly Bundle[]> {
  const folder = mkdtempSync(join(tmpdir(), "recording-status-size-"));
  try {
    const entries = Object.keys(uses) as (keyof typeof uses)[];
    return await Promise.all(entries.map((entry) => measure(folder, entry)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measure(folder: string, entry: keyof typeof uses): Promise<Bundle> {
  const [file, use] = uses[entry];
  const input = join(folder, `${file.replace("/", "-")}.js`);
  writeFileSync(input, `${use} ${JSON.stringify(fileURLToPath(new URL(`../dist/src/${file}.js`, import.meta.url)))};`);
  const bundled = await rolldown({
    input,
    platform: "neutral",
    external: /^node:|^@stoplight\//,
    logLevel: "silent",
    resolve: { mainFields: ["module", "main"] },
  });
  const { output } = await bundled.generate({ format: "es", minify: true });
  await bundled.close();
  const chunks = output.filter((chunk) => chunk.type === "chunk");
  const first = loadedAtFirst(chunks);
  return {
    entry,
    minified: chunks.reduce((sum, { code }) => sum + Buffer.byteLength(code), 0),
    first: first.reduce((sum, chunk) => sum + gzipOf(chunk), 0),
    later: new Map(chunks.filter((chunk) => !first.includes(chunk)).map((chunk) => [chunk.fileName, gzipOf(chunk)])),
  };
}

/** The entry, what it imports, and what that imports. */
function loadedAtFirst(chunks: readonly OutputChunk[]): readonly OutputChunk[] {
  const found = new Set(chunks.filter(({ isEntry }) => isEntry));
  // A set is walked to its end, also to what is added meanwhile.
  for (const { imports } of found) for (const chunk of chunks) if (imports.includes(chunk.fileName)) found.add(chunk);
  return [...found];
}

/** Each chunk on its own, as a server compresses it. */
function gzipOf({ code }: OutputChunk): number {
  return gzipSync(code, { level: 9 }).byteLength;
}
