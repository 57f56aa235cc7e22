import { diffLines } from "diff";

/** Lines to put into a file in the place of others. Lines are counted as the file is now. */
export type Paste = {
  readonly file: string;
  /** The first line that goes, or, where none goes, the line below which the new ones come. */
  readonly line: number;
  /** How many lines go. */
  readonly gone: number;
  readonly text: readonly string[];
};

/** From one text of a file to another: the last place comes first, so that the numbers of the others stay right. */
export function pastesBetween(file: string, before: string, after: string): Paste[] {
  const pastes: Paste[] = [];
  let line = 0;
  let open: { line: number; gone: number; text: string[] } | undefined;
  const flush = () => {
    if (open !== undefined) pastes.push({ file, ...open, line: open.gone === 0 ? open.line : open.line + 1 });
    open = undefined;
  };
  for (const { value, added, removed, count } of diffLines(before, after)) {
    if (added || removed) {
      open ??= { line, gone: 0, text: [] };
      if (removed) open.gone += count;
      else open.text.push(...value.replace(/\n$/, "").split("\n"));
    } else flush();
    if (!added) line += count;
  }
  flush();
  return pastes.toReversed();
}

/** What a paste does, in the words of the report. */
export function placeOf({ file, line, gone, text }: Paste): string {
  const range = gone > 1 ? `lines ${line}–${line + gone - 1}` : `line ${line}`;
  if (gone === 0) return `${file}: add below line ${line}`;
  if (text.length === 0) return `${file}: take out ${range}`;
  return `${file}: put in the place of ${range}`;
}

/** The text of a file with the pastes done. */
export function withPastes(text: string, pastes: readonly Paste[]): string {
  const lines = text.split("\n");
  for (const { line, gone, text: added } of pastes.toSorted((a, b) => b.line - a.line)) {
    lines.splice(gone === 0 ? line : line - 1, gone, ...added);
  }
  return lines.join("\n");
}
