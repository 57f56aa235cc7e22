import { inspect } from "node:util";
import { expect } from "vitest";

/** Of the shape of a real token, and no piece of it occurs by chance. */
export const secret = "eyJhbGciOiJSUzI1NiJ9.eyJqdGkiOiJmNXEwWnoifQ.Qx7vK-u2_PzR9tLw4mYbNc8sHdJgTfA3eXiUoV6";

const pieceLength = 8;

/** Every text in which a program may show a value: logs, consoles, JSON, and each error in the chain by itself. */
export function textsOf(value: unknown, seen = new Set<unknown>()): string[] {
  if (seen.has(value)) return [];
  seen.add(value);
  const texts = [
    inspect(value, { depth: 10, showHidden: true, maxStringLength: null, maxArrayLength: null }),
    inspect(value),
    shown(value),
  ];
  if (typeof value !== "object" || value === null) return texts;
  texts.push(
    JSON.stringify(value, shallow()) ?? "",
    JSON.stringify(Object.fromEntries(Object.entries(Object.getOwnPropertyDescriptors(value)))) ?? "",
  );
  if (!(value instanceof Error)) return texts;
  const { stack, message, name, cause, errors } = value as Error & { errors?: unknown };
  texts.push(shown(stack), shown(message), shown(name));
  for (const inner of [cause, ...(Array.isArray(errors) ? errors : [])]) texts.push(...textsOf(inner, seen));
  return texts;
}

function shown(value: unknown): string {
  try {
    return String(value);
  } catch {
    return "";
  }
}

/** JSON of a value that may refer to itself. */
function shallow() {
  const seen = new Set<unknown>();
  return (_: string, value: unknown) => {
    if (typeof value !== "object" || value === null) return value;
    if (seen.has(value)) return undefined;
    seen.add(value);
    return value;
  };
}

/** No text of any of the values holds the token, or eight characters of it. */
export function expectNoToken(token: string, ...values: unknown[]): void {
  for (const text of values.flatMap((value) => textsOf(value))) {
    for (let at = 0; at + pieceLength <= token.length; at++) {
      const found = text.indexOf(token.slice(at, at + pieceLength));
      if (found >= 0) expect.fail(`a piece of the token shows in: …${text.slice(Math.max(0, found - 80), found + 60)}…`);
    }
  }
}
