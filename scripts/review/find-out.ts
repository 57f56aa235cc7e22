import { type ClientJudgement, judgeClient } from "../client/judge-client.ts";
import type { Judgement } from "../judges/judgement.ts";
import { readDocument } from "../spec/document.ts";
import { createPlaceFinder } from "../spec/places.ts";
import type { Base } from "./base.ts";
import { highest } from "./change.ts";
import { changelogGap } from "./changelog.ts";
import { changesOf } from "./compatibility.ts";
import { compareWithMetadata } from "./drift-step.ts";
import type { Findings } from "./findings.ts";
import { specGaps } from "./next/spec-gaps.ts";
import { compareGenerated, compareSurface, type Generated, lastMutation, readIfThere } from "./steps.ts";

/** Says when a step is done. */
export type Step = <T>(name: string, work: Promise<T>) => Promise<T>;

export type Subject = {
  readonly root: string;
  readonly base: Base;
  readonly baseText: string;
  /** The text under review. */
  readonly text: string;
};

/** What is begun before it is known that the text is worth it: the public API takes longest of all, and needs the generated code alone. */
export type Begun = {
  readonly code: Promise<Generated>;
  readonly surface: Promise<Awaited<ReturnType<typeof compareSurface>>>;
};

/** `signal`: nobody wants it any more. */
export function begin({ root, base, baseText, text }: Subject, step: Step, signal: AbortSignal): Begun {
  const code = step("generated code", compareGenerated(root, base, baseText, text));
  const surface = code.then((compiled) => step("public API", compareSurface(root, base, compiled, signal)));
  // Whether they are awaited depends on what the linter says.
  for (const one of [code, surface]) one.catch(() => {});
  return { code, surface };
}

/** All that a review of a linted text finds out. It throws a `SpecError` where the text cannot be compiled. */
export async function findOut({ root, base, baseText, text }: Subject, begun: Begun, step: Step): Promise<Findings> {
  // First: what cannot be compiled cannot be judged.
  const { generated, stale, ...code } = await begun.code;
  const changes = changesOf(baseText, text);
  const bump = highest(changes.map((change) => change.bump));
  const changelog = changelogGap(base.read("CHANGELOG.md") ?? "", readIfThere(root, "CHANGELOG.md"), bump);
  const documents = { base: readDocument(baseText), revision: readDocument(text) };
  const planned = async () => {
    const [drift, judgement] = await Promise.all([
      step("Microsoft's metadata", compareWithMetadata(root, text)),
      step("facts and contract cases", judgeByContract(text)),
    ]);
    const found = { changes, changelog, judgement, drift };
    // The compiler of the stated types takes long to load: not before it is needed.
    const { planOf } = await import("./next/plan.ts");
    return { drift, judgement, plan: await planOf({ root, ...documents, generated: code.files, found }) };
  };
  const [surface, client, judged] = await Promise.all([
    begun.surface,
    step("the client's own cases", judgeClient({ root, ...documents, generated: code.files })),
    planned(),
  ]);
  return {
    base: base.name,
    changes,
    bump,
    changelog,
    generated,
    stale,
    ...surface,
    ...judged,
    client: clientLines(client, surface),
    gaps: specGaps(documents.revision, createPlaceFinder(text)),
    mutation: lastMutation(root, text),
  };
}

/** Where the client does not compile, that says why it does not run. */
function clientLines({ objections, failure }: ClientJudgement, { compileProblems }: Pick<Findings, "compileProblems">): string[] {
  if (failure === undefined || compileProblems.length > 0) return [...objections];
  return [`The client does not run with what is generated from this text: ${failure}`];
}

/** What the facts and the cases of the contract tests object to. */
async function judgeByContract(text: string): Promise<Judgement> {
  // Prism takes long to load: not before it is needed.
  const { createJudge } = await import("../judges/judge.ts");
  return createJudge()(readDocument(text));
}
