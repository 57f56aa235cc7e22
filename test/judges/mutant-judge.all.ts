// `npm run test:all`: the shortcut of the judge of mutants is right.
import { expect, test } from "vitest";
import { createJudge, createMutantJudge } from "../../scripts/judges/judge.ts";
import { type Judgement, suites } from "../../scripts/judges/judgement.ts";
import { mutantsOf } from "../../scripts/mutate/mutants.ts";
import { readDocument, readSpecText } from "../../scripts/spec/document.ts";

const document = readDocument(readSpecText());

test("the judge of mutants, which leaves out what cannot differ, notices what the full judge notices", async () => {
  const [quick, full] = [await createMutantJudge(document), createJudge()];
  const mutants = mutantsOf(document);
  // A prime step, so that every kind of place has its turn.
  for (const mutant of mutants.filter((_, index) => index % 127 === 5)) {
    const mutated = mutant.apply();
    const [short, long] = [await quick(mutated), await full(mutated)];
    const noticing = (judgement: Judgement) => suites.filter((suite) => judgement[suite].length > 0);
    expect(noticing(short), `${mutant.path.join(" › ")} ${mutant.what}`).toEqual(noticing(long));
  }
}, 30_000);
