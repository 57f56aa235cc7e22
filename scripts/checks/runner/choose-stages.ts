import { parseArgs } from "node:util";
import { BadInput } from "../../tool/bad-input.ts";
import type { Stage } from "./stage.ts";

/** The stages that the arguments ask for, with those that they need before: `--only unit,faults`; all of them without it. */
export function chooseStages(stages: readonly Stage[], args: readonly string[]): readonly Stage[] {
  const { values } = parseArgs({ args: [...args], options: { only: { type: "string", multiple: true } } });
  if (values.only === undefined) return stages;
  const names = values.only.flatMap((list) => list.split(",")).map((name) => name.trim());
  const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0)
    throw new BadInput(
      `There is no stage ${unknown.map((name) => `"${name}"`).join(", ")}. Stages: ${stages.map(({ name }) => name).join(", ")}.`,
    );
  const wanted = new Set(names);
  for (const name of wanted) for (const before of stages.find((stage) => stage.name === name)?.after ?? []) wanted.add(before);
  return stages.filter(({ name }) => wanted.has(name));
}
