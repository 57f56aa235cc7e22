import { BadInput } from "../tool/bad-input.ts";

/** What the site shows of README.md: written once, there. */
export type Readme = {
  /** The paragraph under the title. */
  readonly introduction: string;
  /** The code of the first recording. */
  readonly firstRecording: string;
  /** The section on the terms of use, without its heading. */
  readonly terms: string;
  /** Columns of the table of errors, by code. */
  readonly errors: ReadonlyMap<string, { readonly inEffect: string; readonly toDo: string }>;
};

export function readReadme(text: string): Readme {
  const clean = text.replaceAll("\r\n", "\n");
  return {
    introduction: find(clean, "a paragraph under its title", /^# .+\n+((?:.+\n)+)/),
    firstRecording: find(
      clean,
      'a TypeScript block after "The first recording"',
      /^\*\*The first recording\.\*\*\n+```ts\n([\s\S]*?)^```$/m,
    ),
    terms: find(clean, 'a section that begins with "The terms of use"', /^## The terms of use.*\n([\s\S]*?)(?=^## |$(?![\s\S]))/m),
    errors: readErrors(find(clean, 'a section "Errors"', /^## Errors\n([\s\S]*?)(?=^##|$(?![\s\S]))/m)),
  };
}

function find(text: string, what: string, pattern: RegExp): string {
  const found = pattern.exec(text)?.[1]?.trim();
  if (found === undefined || found === "") throw new BadInput(`README.md has no ${what.replace(/^an? /, "")}: the docs show it.`);
  return found;
}

function readErrors(section: string): Readme["errors"] {
  const rows = section.matchAll(/^\| `([A-Z_]+)` \|([^|]*)\|([^|]*)\|([^|]*)\|$/gm);
  return new Map([...rows].map(([, code = "", , inEffect = "", toDo = ""]) => [code, { inEffect: inEffect.trim(), toDo: toDo.trim() }]));
}
