import { parseArgs } from "node:util";
import { readRevision, readWorkingTree } from "../spec/revision.ts";
import { BadInput } from "../tool/bad-input.ts";
import type { Tool } from "../tool/run-tool.ts";
import { judgeLive, liveVerdict } from "./judge-live.ts";
import { judgeMetadata } from "./judge-metadata.ts";
import { readMetadata } from "./read-metadata.ts";
import { driftAsJson, renderDrift } from "./render.ts";
import { liveAsJson, renderLive } from "./render-live.ts";
import { type Reviewed, readReviewedDifferences } from "./reviewed.ts";
import { type Limits, readSource } from "./source.ts";
import { readSpecSide, type SpecSide } from "./spec-side.ts";

const form =
  "npm run drift -- <file or URL of $metadata or of an OpenAPI document> [--cloud <name>] [--version v1.0|beta] [--json] [--timeout <seconds>]";
const usage = `${form}
npm run drift -- --live [--cloud <name>] [--version v1.0|beta] [--json] [--timeout <seconds>]

Compares the spec with what Microsoft publishes. --live downloads the $metadata of each cloud of the spec, and gives one verdict.

  --live      the metadata that Microsoft publishes now, of every cloud that the spec names, or of those that --cloud and --version leave
  --cloud     which cloud the metadata speaks for, by its name in the spec: its place in the cloud table is judged too
  --version   which version of Graph it is of; v1.0, where the document does not say it
  --json      prints the same for programs
  --timeout   the longest that a download may take, in seconds; 30, where it is not given

Exit code: 0 the spec agrees, 1 it differs, 2 bad input, or with --live something that could not be compared.`;

const exitCodes = { agrees: 0, differs: 1, unread: 2 } as const;
const options = {
  cloud: { type: "string" },
  version: { type: "string" },
  timeout: { type: "string" },
  json: { type: "boolean" },
  live: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;
type Values = { readonly cloud?: string; readonly version?: string; readonly json?: boolean };

/** `npm run drift`: the spec against metadata. */
export const drift = createDrift();

/** With another `fetch`, for tests. */
export function createDrift({ fetch = globalThis.fetch }: Pick<Limits, "fetch"> = {}): Tool {
  return async ({ args, root, out }) => {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    if (values.help) {
      out(usage);
      return 0;
    }
    const argument = onlyOne(positionals, values.live);
    const side = readSpecSide(readRevision(readWorkingTree(root)));
    if (values.cloud !== undefined && !side.cloudNames.includes(values.cloud))
      throw new BadInput(`--cloud ${values.cloud}: the spec knows ${side.cloudNames.join(", ")}.`);
    const reviewed = readReviewedDifferences(root);
    const limits = { fetch, timeoutMs: millisecondsOf(values.timeout ?? "30") };
    if (argument === undefined) return driftLive(side, reviewed, values, limits, out);
    const { name, bytes } = await readSource(argument, limits);
    const metadata = readMetadata(bytes, name, side.hosts);
    const judgement = judgeMetadata(side, metadata, reviewed, values);
    out(values.json ? JSON.stringify(driftAsJson(judgement, name, metadata), undefined, 2) : renderDrift(judgement, name));
    return judgement.verdict === "differs" ? 1 : 0;
  };
}

async function driftLive(side: SpecSide, reviewed: readonly Reviewed[], values: Values, limits: Limits, out: (text: string) => void) {
  const { cloud, version } = values;
  const places = side.published.filter((one) => [one.cloud, undefined].includes(cloud) && [one.version, undefined].includes(version));
  if (places.length === 0) {
    const known = side.published.map((one) => `${one.cloud} ${one.version}`).join(", ");
    throw new BadInput(
      `--live: there is no ${[cloud, version].filter((one) => one !== undefined).join(" ") || "cloud"} to compare with, but ${known || "none"}.`,
    );
  }
  const all = await judgeLive(side, places, reviewed, limits);
  out(values.json ? JSON.stringify(liveAsJson(all), undefined, 2) : renderLive(all));
  return exitCodes[liveVerdict(all)];
}

/** What is compared with; `undefined`: what is published now. */
function onlyOne([argument, another, ...more]: readonly string[], live: boolean | undefined): string | undefined {
  if (live && argument !== undefined) throw new BadInput(`--live compares with what Microsoft publishes: leave out ${argument}.`);
  if (live) return undefined;
  if (argument === undefined || argument === "") throw new BadInput(`Say which metadata to compare with: ${form}, or --live`);
  if (another !== undefined) throw new BadInput(`One file or address at a time, not ${more.length + 2}: ${form}`);
  return argument;
}

function millisecondsOf(seconds: string): number {
  const milliseconds = Number(seconds) * 1000;
  if (!(milliseconds > 0 && milliseconds <= 3_600_000))
    throw new BadInput(`--timeout ${seconds}: must be a number of seconds, at most 3600.`);
  return milliseconds;
}
