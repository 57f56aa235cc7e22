import { BadInput } from "../tool/bad-input.ts";
import { compare } from "./compare.ts";
import { actionName, type Metadata } from "./model.ts";
import { type Reviewed, type Sorted, sortOut } from "./reviewed.ts";
import type { SpecSide } from "./spec-side.ts";

/** agrees: nothing but what was reviewed. absent: the metadata lacks the action, and so does the spec for that cloud. */
export type Verdict = "agrees" | "absent" | "differs";

export type MetadataJudgement = Sorted & {
  readonly verdict: Verdict;
  /** One sentence. */
  readonly summary: string;
  readonly version: string;
  readonly cloud: string | undefined;
};

export const versions = ["v1.0", "beta"] as const;

export type Question = { readonly cloud?: string | undefined; readonly version?: string | undefined };

/** What the metadata means for the spec; the cloud table is judged where the metadata is said to speak for a cloud. */
export function judgeMetadata(side: SpecSide, metadata: Metadata, reviewed: readonly Reviewed[], question: Question): MetadataJudgement {
  const version = versionFor(metadata, question.version);
  const { cloud } = question;
  const place = cloud === undefined ? version : `${cloud} ${version}`;
  const end = (verdict: Verdict, summary: string, sorted: Partial<Sorted> = {}): MetadataJudgement => {
    const { open = [], accepted = [], outdated = [] } = sorted;
    return { verdict, summary, version, cloud, open, accepted, outdated };
  };
  const statement = cloud === undefined ? undefined : side.cloud(cloud, version);
  const differ = (text: string) => end("differs", text, { open: [{ at: place, text, spec: statement?.line, metadata: metadata.action }] });
  if (statement?.says === "both") return differ(`The spec both serves ${place} and refuses it (x-unsupported-clouds).`);
  const noServer = statement?.says === "unsaid" ? "has no server for it" : "refuses it (x-unsupported-clouds)";
  if (metadata.action === undefined) {
    const absence = absenceOf(metadata);
    if (statement === undefined)
      return differ(`${absence}. If that is so in its cloud, name the cloud: --cloud ${list(side.cloudNames, "or")}.`);
    if (statement.says === "served") return differ(`${absence}, but the spec has a server for ${place}.`);
    return end("absent", `The action ${actionName} is absent from the metadata of ${place}, as the spec says: it ${noServer}.`);
  }
  if (statement !== undefined && statement.says !== "served")
    return differ(`The metadata of ${place} has the action ${actionName}, but the spec ${noServer}.`);
  const ours = side.modelOf(version, cloud);
  const theirs = metadata.modelOf(version, [...ours.operations.keys()]);
  const sorted = sortOut(compare(ours, theirs, { partial: metadata.format === "openapi" }), reviewed, metadata);
  const count = sorted.open.length + sorted.outdated.length;
  if (count === 0) return end("agrees", `The spec agrees with the metadata, ${place}.`, sorted);
  return end("differs", `The spec and the metadata differ, ${place}: ${counted(sorted)}.`, sorted);
}

/** As asked, else as the document says, else the version that is for production. */
function versionFor({ versions: said }: Metadata, asked: string | undefined): string {
  if (asked !== undefined && !versions.some((one) => one === asked))
    throw new BadInput(`--version ${asked}: must be ${versions.join(" or ")}.`);
  if (asked !== undefined && said.length > 0 && !said.includes(asked))
    throw new BadInput(`--version ${asked}: the document says that it is of ${said.join(" and ")} (servers).`);
  const [only, another] = said;
  return asked ?? (another === undefined ? only : undefined) ?? "v1.0";
}

function absenceOf({ surroundings }: Metadata): string {
  const having = (has: boolean) => [...surroundings].filter(([, there]) => there === has).map(([what]) => what);
  const parts = [
    ...(having(true).length === 0 ? [] : [`has ${list(having(true))}`]),
    ...(having(false).length === 0 ? [] : [`lacks ${list(having(false))}`]),
  ];
  return `The action ${actionName} is absent from the metadata, which ${parts.join(" and ")}`;
}

function list(words: readonly string[], and = "and"): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${and} ${words.at(-1)}`;
}

function counted({ open, outdated }: Sorted): string {
  const parts = [
    ...(open.length === 0
      ? []
      : [`${open.length} ${open.length === 1 ? "difference that nobody reviewed" : "differences that nobody reviewed"}`]),
    ...(outdated.length === 0
      ? []
      : [
          `${outdated.length} reviewed ${outdated.length === 1 ? "difference that is none any more" : "differences that are none any more"}`,
        ]),
  ];
  return parts.join(", ");
}
