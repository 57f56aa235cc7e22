import { run } from "../tool/run.ts";

/** Builds `dist/`, so that nobody looks at an older one; not with `--built`, by which `npm test` says that it has just done so. */
export async function freshDist(): Promise<void> {
  if (process.argv.includes("--built")) return;
  const code = await run("node", ["scripts/build/main.ts"]);
  if (code !== 0) process.exit(code);
}
