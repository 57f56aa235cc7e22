import { readFileSync } from "node:fs";
import { rolldown } from "rolldown";
import { dts } from "rolldown-plugin-dts";

/** One entry of package.json: its public name, and its declarations as a path in the package. */
type Entry = { name: string; types: string };

/** Everything that a consumer's compiler can reach from each entry, as one file of declarations for each entry; by file name. */
export async function rollUp(folder: string, onFailure: (error: unknown) => void): Promise<Map<string, string>> {
  const entries = packageOf(folder);
  const rolled = await Promise.all(
    entries.exports.map(async ({ name, types }): Promise<[string, string][]> => {
      try {
        const code = await bundle(folder + types, entries.dependencies);
        return [[`${name.split("/")[1] ?? "index"}.d.ts`, `${header(name)}${oneNameALine(code).trimEnd()}\n`]];
      } catch (error) {
        onFailure(error);
        return [];
      }
    }),
  );
  return new Map(rolled.flat());
}

function header(entry: string): string {
  return `// The public API of "${entry}": what a consumer's compiler sees, without comments. What is not exported is here because something exported
// refers to it. Made by \`npm run api\`: do not edit.

`;
}

/** The bundler lists exported types in one line, where a diff would show them all. */
function oneNameALine(code: string): string {
  return code.replaceAll(/^(export (?:type )?\{) (.*) \};$/gm, (_, start: string, names: string) => {
    return [start, ...names.split(", ").map((name) => `  ${name},`), "};"].join("\n");
  });
}

/** Its entries, and the packages that it leaves to its consumers. */
function packageOf(folder: string): { exports: Entry[]; dependencies: string[] } {
  const { name, exports, dependencies, peerDependencies } = JSON.parse(readFileSync(`${folder}package.json`, "utf8")) as {
    name: string;
    exports: Record<string, string | { types: string }>;
    dependencies?: Record<string, string>;
    peerDependencies?: Record<string, string>;
  };
  return {
    exports: Object.entries(exports).flatMap(([path, target]) =>
      typeof target === "string" ? [] : [{ name: name + path.slice(1), types: target.types.replace("./", "") }],
    ),
    dependencies: Object.keys({ ...dependencies, ...peerDependencies }),
  };
}

async function bundle(input: string, external: readonly string[]): Promise<string> {
  const build = await rolldown({
    input,
    external: (id) => /^node:/.test(id) || external.some((one) => id === one || id.startsWith(`${one}/`)),
    plugins: [dts({ dtsInput: true, tsconfig: false })],
    logLevel: "silent",
    experimental: { attachDebugInfo: "none" },
  });
  try {
    const { output } = await build.generate({ format: "es" });
    return output.map((file) => (file.type === "chunk" ? file.code : "")).join("");
  } finally {
    await build.close();
  }
}
