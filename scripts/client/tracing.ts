import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What the client has read by its name, and the line of `src/` that names it. */
export type Read = { readonly what: "body" | "header"; readonly path: readonly string[]; readonly place: string };

/** Watches what the code below a folder, given as the address of one, reads of a value. */
export function createTracer(sources: string) {
  const reads = new Map<string, Read>();
  const placeNaming = createPlaceFinder(sources);

  function record(what: Read["what"], path: readonly string[]): void {
    const place = placeNaming(path.at(-1) ?? "");
    if (place !== undefined) reads.set(`${what} ${path.join("/")} ${place}`, { what, path, place });
  }

  function watch(value: unknown, path: readonly string[] = []): unknown {
    if (typeof value !== "object" || value === null) return value;
    const isList = Array.isArray(value);
    return new Proxy(value, {
      get(target, key) {
        if (typeof key !== "string") return Reflect.get(target, key);
        const below = [...path, isList ? "*" : key];
        if (!isList) record("body", below);
        return watch(Reflect.get(target, key), below);
      },
    });
  }

  function watchHeaders(headers: Headers): Headers {
    return new Proxy(headers, {
      get(target, key) {
        const member = Reflect.get(target, key);
        if (typeof member !== "function") return member;
        return (...args: unknown[]) => {
          if (key === "get" || key === "has") record("header", [`${args[0]}`.toLowerCase()]);
          return member.apply(target, args);
        };
      },
    });
  }

  return { watch, watchHeaders, take: () => [...reads.values()], clear: () => reads.clear() };
}

/** Finds the line of the caller's that names something, among those whose files lie below a folder. */
function createPlaceFinder(sources: string): (name: string) => string | undefined {
  const lines = new Map<string, string[]>();

  function lineOf(file: string, line: number): string {
    const known = lines.get(file) ?? readFileSync(fileURLToPath(file), "utf8").split("\n");
    lines.set(file, known);
    return known[line - 1] ?? "";
  }

  // Code that copies or lists a value touches each of its properties: the client reads only those that a line of it names.
  return (name) => {
    const frames = new Error().stack?.matchAll(/(file:\/\/\S+?\.ts):(\d+):\d+/g) ?? [];
    for (const [, file = "", line] of frames) {
      if (!file.startsWith(sources)) continue;
      const words = lineOf(file, Number(line)).split(/[^\w$@.-]+|\.(?=\w)/);
      if (words.some((word) => word.toLowerCase() === name.toLowerCase())) return `src/${file.slice(sources.length)}:${line}`;
    }
    return undefined;
  };
}
