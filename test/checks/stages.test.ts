import { describe, expect, test } from "vitest";
import { chooseStages } from "../../scripts/checks/runner/choose-stages.ts";
import { nextStages } from "../../scripts/checks/runner/next-stages.ts";
import { commandOf } from "../../scripts/checks/runner/stage.ts";
import { withColours } from "../../scripts/checks/runner/start-stage.ts";
import { stages } from "../../scripts/checks/stages.ts";
import { build, docs, faults, lint, planted, types } from "./planted-stages.ts";

describe("--only", () => {
  test("without it, all stages", () => {
    expect(chooseStages(planted, [])).toEqual(planted);
  });

  test.each([[["--only", "lint,docs"]], [["--only=docs, lint"]], [["--only", "docs", "--only", "lint"]]])(
    "%j: these, in the order of the list",
    (args) => {
      expect(chooseStages(planted, args)).toEqual([lint, docs]);
    },
  );

  test("what a stage needs comes with it", () => {
    expect(chooseStages(planted, ["--only", "types"])).toEqual([build, types]);
  });

  test("an unknown name is one line with the names that there are", () => {
    expect(() => chooseStages(planted, ["--only", "lint,dogs"])).toThrow(
      'There is no stage "dogs". Stages: lint, build, types, docs, faults.',
    );
  });
});

describe("which stages start", () => {
  test("one of each lane at first", () => {
    expect(nextStages(planted, [], new Set())).toEqual([lint, docs]);
  });

  test("the next of the lane that is free", () => {
    expect(nextStages([build, types, faults], [docs], new Set(["lint"]))).toEqual([build]);
  });

  test("an idle lane takes from the other", () => {
    expect(nextStages([build, types], [lint], new Set())).toEqual([build]);
  });

  test("nothing while two run", () => {
    expect(nextStages([build], [lint, docs], new Set())).toEqual([]);
  });

  test("what needs another waits until that has passed", () => {
    expect(nextStages([types], [build], new Set())).toEqual([]);
    expect(nextStages([types], [docs], new Set(["build"]))).toEqual([types]);
  });
});

describe("the stages of npm test", () => {
  test("each has a name of its own, and waits only for what stands before it", () => {
    const names = stages.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const [index, { after = [] }] of stages.entries()) expect(names.slice(0, index)).toEqual(expect.arrayContaining([...after]));
  });

  test("a project of vitest runs with a report that can be counted, and with no dot per test", () => {
    expect(commandOf(docs, "docs.json")).toEqual([
      "vitest",
      "run",
      "--project",
      "docs",
      "--reporter=agent",
      "--reporter=json",
      "--outputFile.json=docs.json",
    ]);
  });

  test("colours are for terminals, and not for people who do not want them", () => {
    expect(withColours({ FORCE_COLOR: "1", PATH: "p" }, false)).toEqual({ NO_COLOR: "1", PATH: "p" });
    expect(withColours({ PATH: "p" }, true)).toEqual({ FORCE_COLOR: "1", PATH: "p" });
    expect(withColours({ NO_COLOR: "1" }, true)).toEqual({ NO_COLOR: "1" });
  });
});
