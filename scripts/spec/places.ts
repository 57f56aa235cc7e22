import { isMap, isPair, isScalar, type Node } from "yaml";
import { parseYaml } from "./parse-yaml.ts";

/** Finds where a path of keys is written: `[line, column]`, from 1; the nearest place above it where the path is not in the text. */
export function createPlaceFinder(text: string): (path: readonly (string | number)[]) => [line: number, column: number] {
  return (path) => {
    // Not before somebody asks: often nobody does.
    const { document, lineCounter } = parseYaml(text);
    for (let length = path.length; length > 0; length--) {
      const offset = offsetOf(document.getIn(path.slice(0, length - 1), true), path[length - 1]) ?? undefined;
      if (offset === undefined) continue;
      const { line, col } = lineCounter.linePos(offset);
      return [line, col];
    }
    return [1, 1];
  };

  /** Of the key, which is what a reader looks for; of the member in a list. */
  function offsetOf(holder: unknown, key: string | number | undefined): number | undefined {
    if (isMap(holder)) {
      const pair = holder.items.find((item) => isPair(item) && isScalar(item.key) && `${item.key.value}` === `${key}`);
      return (pair?.key as Node | undefined)?.range?.[0];
    }
    const node = typeof key === "number" && holder !== undefined ? (holder as { items?: Node[] }).items?.[key] : undefined;
    return node?.range?.[0];
  }
}

/** A path of keys as a reader of the YAML writes it: `components › schemas › ReportableStatus › enum`. */
export function showPath(path: readonly (string | number)[]): string {
  return path.length === 0 ? "the document" : path.join(" › ");
}
