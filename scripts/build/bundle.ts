import { readFileSync } from "node:fs";
import { rolldown } from "rolldown";
import { root } from "../tool/root.ts";

type Manifest = {
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
  readonly bin: Readonly<Record<string, string>>;
};

/**
 * Writes the JavaScript of each entry as one file, and what several entries share as one more, so that an error's class is one class: a process
 * that loads a hundred small files takes half as long again for its first call. The command has its own copy of all: it is a process of its own.
 */
export async function bundle(): Promise<void> {
  const { exports, bin } = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as Manifest;
  await write(Object.values(exports).flatMap((target) => (typeof target === "string" ? [] : [target.default])));
  await write(Object.values(bin));
}

/** `files` of `dist/`, each from the source of the same name. Packages stay imports. */
async function write(files: readonly string[]): Promise<void> {
  const names = files.map((file) => file.replace(/^\.\/dist\/(.*)\.js$/, "$1"));
  const bundled = await rolldown({
    input: Object.fromEntries(names.map((name) => [name, `${root}${name}.ts`])),
    external: /^[^./]/,
    platform: "neutral",
    transform: { target: "es2023" },
    // `"sideEffects": false` in package.json is for consumers' bundlers. Here the command, which is nothing but effects, would vanish.
    treeshake: { moduleSideEffects: () => true },
  });
  await bundled.write({
    dir: `${root}dist`,
    format: "es",
    entryFileNames: "[name].js",
    chunkFileNames: "src/[name]-[hash].js",
    codeSplitting: {
      groups: [
        // Apart, so that `./client` is small.
        { name: "wire", test: /[\\/](generated[\\/]|src[\\/]wire)/, priority: 2 },
        { name: "shared", test: /[\\/]src[\\/]/, minShareCount: 2, priority: 1 },
      ],
    },
    sourcemap: true,
    sourcemapExcludeSources: true,
  });
  await bundled.close();
}
