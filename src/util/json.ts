/** The value of a JSON text, undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// Strings whole, brackets and separators by themselves: all that is needed to tell keys from values.
const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/**
 * The first name that a JSON object has twice, at its top level; undefined when there is none. RFC 8259 §4 leaves open which of the two
 * counts, so an answer that says both "failed" and "completed" says nothing.
 */
export function findDuplicateName(json: string): string | undefined {
  const names = new Set<string>();
  let depth = 0;
  let last = "";
  for (const [part] of json.matchAll(token)) {
    if (part === "{" || part === "[") depth++;
    else if (part === "}" || part === "]") depth--;
    else if (part === ":" && depth === 1) {
      const name = parseJson(last) as string;
      if (names.has(name)) return name;
      names.add(name);
    }
    last = part;
  }
  return undefined;
}
