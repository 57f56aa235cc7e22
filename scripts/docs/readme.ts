import { BadInput } from "../tool/bad-input.ts";

/** What the site shows of README.md: written once, there. */
export type Readme = {
  /** The paragraph under the title. */
  readonly introduction: string;
  /** What follows it: from nothing to the first test of a bot. */
  readonly start: string;
  /** Sections, without their headings. */
  readonly firstRecording: string;
  readonly terms: string;
  readonly ways: string;
};

export function readReadme(text: string): Readme {
  const clean = text.replaceAll("\r\n", "\n");
  return {
    introduction: find(clean, "a paragraph under its title", /^# .+\n+((?:.+\n)+)/),
    start: find(clean, "a block to install after its introduction", /^# .+\n+(?:.+\n)+\n(```sh[\s\S]*?)(?=^## )/m),
    firstRecording: section(clean, "The first recording"),
    terms: section(clean, "The terms of use"),
    ways: section(clean, "Three ways to report"),
  };
}

function section(text: string, begin: string): string {
  const pattern = new RegExp(`^## ${begin}.*\\n([\\s\\S]*?)(?=^## |$(?![\\s\\S]))`, "m");
  return find(text, `a section that begins with "${begin}"`, pattern);
}

function find(text: string, what: string, pattern: RegExp): string {
  const found = pattern.exec(text)?.[1]?.trim();
  if (found === undefined || found === "") throw new BadInput(`README.md has no ${what.replace(/^an? /, "")}: the docs show it.`);
  return found;
}
