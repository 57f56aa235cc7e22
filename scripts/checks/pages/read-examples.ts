import { globSync, readFileSync } from "node:fs";

/** What an `@example` may speak of without saying where it comes from; one that declares the name has its own. */
const given: Readonly<Record<string, string>> = {
  graph: 'declare const graph: import("teams-recording-status").RecordingClient;',
  credential: 'declare const credential: import("teams-recording-status").TokenCredential;',
  callId: "declare const callId: string;",
  transcript: "declare const transcript: AsyncIterable<string>;",
  sink: "declare const sink: WritableStream<string>;",
  file: "declare const file: { open(): Promise<void>; close(): Promise<void> };",
  request: "declare const request: Request;",
};

/** The code of every `@example` in the docstrings of src/, as files that compile by themselves: name → text. */
export function readExamples(root: string): Map<string, string> {
  const files = globSync("src/**/*.ts", { cwd: root }).toSorted();
  return new Map(
    files.flatMap((path) => {
      const found = [...readFileSync(root + path, "utf8").matchAll(/^ *\* @example\n *\* ```ts\r?\n([\s\S]*?)^ *\* ```$/gm)];
      return found.map(([, text = ""], index): [string, string] => [
        `${path.replaceAll(/\W+/g, "-").replace(/-ts$/, "")}-${index + 1}.ts`,
        asFile(text.replaceAll(/^ *\* ?/gm, "")),
      ]);
    }),
  );
}

function asFile(code: string): string {
  const declares = (name: string) => new RegExp(`const (\\{[^}]*)?\\b${name}\\b`).test(code);
  const missing = Object.entries(given).filter(([name]) => new RegExp(`\\b${name}\\b`).test(code) && !declares(name));
  return `${missing.map(([, declaration]) => declaration).join("\n")}\n${code}export {};\n`;
}
