// One rule: a text that came from outside is shortened, and in it the token, and every piece of it of eight characters or more, becomes
// "[token]". It is applied where such a text enters an error or an attempt record: to what an answer says (its headers, its body, the
// operation in it) and to what `fetch` threw (see redact-cause.ts). A token of fewer than 16 characters is a test's stub and is left alone:
// its letters would occur by chance.

/** Shortens a text, and removes the token from it. */
export type Redact = (text: string, length?: number) => string;

const mask = "[token]";
const shortestToken = 16;
const pieceLength = 8;
const longestText = 1_000;

/** Shortens a text that came from outside. */
export function cut(text: string, length: number = longestText): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** Makes the function that applies the rule for this token. */
export function createRedact(token: string | undefined): Redact {
  if (token === undefined || token.length < shortestToken) return cut;
  return (text, length) => removePieces(cut(text, length).replaceAll(token, mask), token);
}

function removePieces(text: string, token: string): string {
  let redacted = "";
  for (let at = 0; at < text.length; ) {
    let end = at;
    while (end + pieceLength <= text.length && token.includes(text.slice(end, end + pieceLength))) end++;
    if (end === at) redacted += text[at++];
    else {
      redacted += mask;
      at = end + pieceLength - 1;
    }
  }
  return redacted;
}

const mostLevels = 6;
const mostItems = 100;

/** A JSON value with every text in it redacted, names too; what lies very deep or comes after the first hundred is left out. */
export function redactJson<T>(value: T, redact: Redact, depth = 0): T {
  if (typeof value === "string") return redact(value) as T;
  if (typeof value !== "object" || value === null) return value;
  if (depth > mostLevels) return "(left out)" as T;
  const deeper = (item: unknown) => redactJson(item, redact, depth + 1);
  if (Array.isArray(value)) return value.slice(0, mostItems).map(deeper) as T;
  const entries = Object.entries(value).slice(0, mostItems);
  return Object.fromEntries(entries.map(([name, item]) => [redact(name), deeper(item)])) as T;
}
