// One thread of the mutation run: it knows the document, and is told by number which mutants to judge.
import { workerData } from "piscina";
import { createJudge, createMutantJudge } from "../judges/judge.ts";
import type { Judgement } from "../judges/judgement.ts";
import { readDocument } from "../spec/document.ts";
import { mutantsOf } from "./mutants.ts";

// openapi-typescript writes each `$ref` that it cannot resolve to the console, also when it is told to be silent. Mutants have many.
console.error = () => {};

const document = readDocument(workerData.text);
const mutants = mutantsOf(document);
const mutantJudge = createMutantJudge(document);

/** Judges the mutants of these numbers; none: the document itself, by every case. */
export default async function judge(numbers: readonly number[] | undefined): Promise<Judgement[]> {
  if (numbers === undefined) return [await createJudge()(document)];
  const judgeMutant = await mutantJudge;
  const judgements: Judgement[] = [];
  for (const number of numbers) {
    const mutant = mutants[number];
    if (mutant === undefined) throw new Error(`There is no mutant ${number}.`);
    judgements.push(await judgeMutant(mutant.apply()));
  }
  return judgements;
}
