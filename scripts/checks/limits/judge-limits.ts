import type { Exception } from "./exceptions.ts";

/** What biome found over a limit; `opening` is the source line where the function begins, and nothing for a file. */
export type Excess = {
  readonly file: string;
  readonly line: number;
  readonly opening: string | undefined;
  readonly lines: number;
  readonly limit: number;
};

/** What is too long without an exception, longer than its exception, and which exceptions nobody needs: a line each. */
export function judgeLimits(found: readonly Excess[], exceptions: readonly Exception[]): string[] {
  const tooLong = found.flatMap((excess) => {
    const exception = exceptions.find((one) => covers(one, excess));
    if (exception !== undefined && excess.lines <= exception.atMost) return [];
    const limit = exception === undefined ? excess.limit : `${exception.atMost}, by its exception`;
    const what = excess.opening === undefined ? "the file" : "this function";
    return [
      `${excess.file}:${excess.line} ${what} has ${excess.lines} lines; the limit is ${limit}. Cut it by what it does; scripts/checks/limits/exceptions.ts is for a good reason only.`,
    ];
  });
  const unused = exceptions
    .filter((exception) => !found.some((excess) => covers(exception, excess)))
    .map(
      ({ file, of }) =>
        `${of === undefined ? file : `${of} in ${file}`} keeps the limit: take it out of scripts/checks/limits/exceptions.ts.`,
    );
  return [...tooLong, ...unused];
}

function covers({ file, of }: Exception, excess: Excess): boolean {
  if (file !== excess.file || (of === undefined) !== (excess.opening === undefined)) return false;
  return of === undefined || new RegExp(`\\b${of}\\b`).test(excess.opening ?? "");
}
