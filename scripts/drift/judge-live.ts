import { isBadInput } from "../tool/bad-input.ts";
import { judgeMetadata, type MetadataJudgement } from "./judge-metadata.ts";
import type { Metadata } from "./model.ts";
import { readMetadata } from "./read-metadata.ts";
import type { Reviewed } from "./reviewed.ts";
import { type Limits, readSource } from "./source.ts";
import type { PublishedAt, SpecSide } from "./spec-side.ts";

/** What became of one address: judged, or not read, and why. */
export type LiveJudgement = PublishedAt &
  ({ readonly judgement: MetadataJudgement; readonly metadata: Metadata } | { readonly judgement?: undefined; readonly problem: string });

/** unread: nothing differs, but not everything could be compared. */
export type LiveVerdict = "agrees" | "differs" | "unread";

/**
 * Compares the spec with what Microsoft publishes at this moment. All are downloaded at once, so that the whole is bounded as one is; what
 * cannot be read ends nothing.
 */
export async function judgeLive(
  side: SpecSide,
  places: readonly PublishedAt[],
  reviewed: readonly Reviewed[],
  limits: Limits,
): Promise<LiveJudgement[]> {
  const sources = await Promise.allSettled(places.map(({ address }) => readSource(address, limits)));
  return places.map((place, index) => {
    try {
      const source = sources[index];
      if (source?.status !== "fulfilled") throw source?.reason;
      const { name, bytes } = source.value;
      const metadata = readMetadata(bytes, name, side.hosts);
      return { ...place, metadata, judgement: judgeMetadata(side, metadata, reviewed, place) };
    } catch (error) {
      if (!isBadInput(error)) throw error;
      return { ...place, problem: error.message };
    }
  });
}

export function liveVerdict(all: readonly LiveJudgement[]): LiveVerdict {
  if (all.some(({ judgement }) => judgement?.verdict === "differs")) return "differs";
  return all.some(({ judgement }) => judgement === undefined) ? "unread" : "agrees";
}
