import { enableCompileCache, getCompileCacheDir } from "node:module";

/** Keeps what Node compiles in the system's temporary folder, for this program from now on and for all that it starts. */
export function keepCompiledCode(): void {
  enableCompileCache();
  process.env.NODE_COMPILE_CACHE ??= getCompileCacheDir();
}
