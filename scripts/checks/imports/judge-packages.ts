import type { Offence } from "./judge-arrows.ts";
import type { Imports, Tree } from "./read-imports.ts";

/** What the table of rooms cannot say: rules about one package, one file, or all that an entry brings along. */
export function judgePackages(tree: Tree, imports: Imports): Offence[] {
  return [...secondReadersOfXml(imports), ...secondWaysToTheNetwork(tree), ...packagesOfTheCore(imports)];
}

function secondReadersOfXml(imports: Imports): Offence[] {
  return [...imports].flatMap(([file, list]) =>
    list
      .filter(({ target }) => target === "fast-xml-parser" && file !== "scripts/drift/xml.ts")
      .map(({ line }) => ({
        at: `${file}:${line}`,
        wrong: "imports fast-xml-parser",
        rule: "one file reads XML: scripts/drift/xml.ts",
        cure: "Use readXml there: its validator runs first, for the parser alone takes a file that was cut off.",
      })),
  );
}

function secondWaysToTheNetwork(tree: Tree): Offence[] {
  return [...tree]
    .filter(([file, text]) => file.startsWith("scripts/drift/") && file !== "scripts/drift/source.ts" && /\bfetch\(/.test(text))
    .map(([file, text]) => ({
      at: `${file}:${text.slice(0, text.search(/\bfetch\(/)).split("\n").length}`,
      wrong: "calls fetch",
      rule: "one file goes to the network for metadata: scripts/drift/source.ts",
      cure: "Let source.ts read it: it bounds time and size.",
    }));
}

/** Whoever installs the package for its core gets one dependency. */
function packagesOfTheCore(imports: Imports): Offence[] {
  const reached = new Set(["src/index.ts"]);
  const offences: Offence[] = [];
  for (const file of reached) {
    for (const { target, name, relative, line, typeOnly } of imports.get(file) ?? []) {
      if (relative) reached.add(target);
      else if (!typeOnly && target !== "openapi-fetch")
        offences.push({
          at: `${file}:${line}`,
          wrong: `imports ${name}, and src/index.ts leads to it`,
          rule: "the core needs one package at run time: openapi-fetch",
          cure: "Move it to an entry of its own, as src/azure/ is one.",
        });
    }
  }
  return offences;
}
