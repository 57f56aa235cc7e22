import { parseArgs } from "node:util";
import { readRevision, readWorkingTree } from "../spec/revision.ts";
import { BadInput } from "../tool/bad-input.ts";
import type { Tool } from "../tool/run-tool.ts";
import { judgeMetadata } from "./judge-metadata.ts";
import { readMetadata } from "./read-metadata.ts";
import { driftAsJson, renderDrift } from "./render.ts";
import { readReviewedDifferences } from "./reviewed.ts";
import { readSource } from "./source.ts";
import { readSpecSide } from "./spec-side.ts";

const usage =
  "npm run drift -- <file or URL of $metadata or of an OpenAPI document> [--cloud <name>] [--version v1.0|beta] [--json] [--timeout <seconds>]";

/** `npm run drift`: the spec against metadata. */
export const drift: Tool = async ({ args, root, out }) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { cloud: { type: "string" }, version: { type: "string" }, json: { type: "boolean" }, timeout: { type: "string" } },
  });
  const [argument, another] = positionals;
  if (argument === undefined || argument === "") throw new BadInput(`Say which metadata to compare with: ${usage}`);
  if (another !== undefined) throw new BadInput(`One file or address at a time, not ${positionals.length}: ${usage}`);
  const side = readSpecSide(readRevision(readWorkingTree(root)));
  if (values.cloud !== undefined && !side.cloudNames.includes(values.cloud))
    throw new BadInput(`--cloud ${values.cloud}: the spec knows ${side.cloudNames.join(", ")}.`);
  const reviewed = readReviewedDifferences(root);
  const { name, bytes } = await readSource(argument, { timeoutMs: millisecondsOf(values.timeout ?? "30") });
  const metadata = readMetadata(bytes, name, side.hosts);
  const judgement = judgeMetadata(side, metadata, reviewed, values);
  out(values.json ? JSON.stringify(driftAsJson(judgement, name, metadata), undefined, 2) : renderDrift(judgement, name));
  return judgement.verdict === "differs" ? 1 : 0;
};

function millisecondsOf(seconds: string): number {
  const milliseconds = Number(seconds) * 1000;
  if (!(milliseconds > 0 && milliseconds <= 3_600_000))
    throw new BadInput(`--timeout ${seconds}: must be a number of seconds, at most 3600.`);
  return milliseconds;
}
