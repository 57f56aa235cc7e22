import { parseArgs } from "node:util";
import { BadInput } from "../tool/bad-input.ts";

export const formats = ["terminal", "markdown", "github", "json"] as const;
export type Format = (typeof formats)[number];

export type Options = {
  readonly base: string | undefined;
  readonly format: Format;
  readonly all: boolean;
  readonly fix: boolean;
  readonly help: boolean;
};

export const help = `npm run review [-- <options>]: what an edit of openapi/recording-status.yaml does, and whether somebody must decide about it.

  --base <git ref>   what the working tree is compared with; without it, the place where it left the main branch
  --format <format>  terminal  for a person at a terminal, the default
                     markdown  for a comment or a file
                     github    annotations of the YAML's lines; the Markdown is added to the file that GITHUB_STEP_SUMMARY names
                     json      for programs; openapi/README.md lists the fields
  --all              every line on its own, nothing put together or left out, with the differences from Microsoft's metadata that we chose
  --fix              pastes what Next says, runs generate and api, shows the diff and reviews again; a source that only a person
                     can name is left as TODO source, with which npm test is red; recording-status.yaml is never touched
  --help             this text

Exit code: 0 fine: nothing changes in meaning, 1 decision: somebody must decide, 2 broken: it cannot be judged.
It judges the working tree, committed or not, and writes review/report.md and review/report.json alone, but with --fix. openapi/README.md tells more.`;

export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      base: { type: "string" },
      format: { type: "string", default: "terminal" },
      all: { type: "boolean", default: false },
      fix: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const format = formats.find((one) => one === values.format);
  if (format === undefined)
    throw new BadInput(`--format ${values.format}: must be ${formats.slice(0, -1).join(", ")} or ${formats.at(-1)}.`);
  if (values.fix && format !== "terminal") throw new BadInput(`--fix shows what it does to a person: leave --format ${format} out.`);
  return { base: values.base, format, all: values.all, fix: values.fix, help: values.help };
}
