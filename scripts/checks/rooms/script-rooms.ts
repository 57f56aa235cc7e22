import { inScripts, type Room } from "./room.ts";

const prism = ["@stoplight/prism-core", "@stoplight/prism-http"];

/** The commands, and what they share. */
export const scriptRooms: readonly Room[] = [
  {
    path: "scripts/tool/",
    holds: "What every command needs: running programs, one line for bad input, temporary folders.",
    packages: ["node:*"],
  },
  { path: "scripts/spec/", holds: "Reading the document, and the places in it.", may: inScripts("tool"), packages: ["yaml", "node:*"] },
  {
    path: "scripts/generate/",
    holds: "`npm run generate`: compiles the spec into `generated/`.",
    may: inScripts("tool", "spec"),
    packages: ["openapi-typescript", "typescript", "node:*"],
  },
  {
    path: "scripts/lint/",
    holds: "`npm run lint:spec`: Redocly's rules, ours, and OpenAPI's official schema.",
    may: inScripts("tool", "spec"),
    packages: ["@seriousme/openapi-schema-validator", "ajv", "node:*"],
  },
  {
    path: "scripts/drift/",
    holds:
      "`npm run drift`: the one comparison of the spec with Microsoft's metadata. CSDL and OpenAPI become one model, which is compared. Only `xml.ts` reads XML, only `source.ts` reads files and addresses.",
    may: inScripts("tool", "spec"),
    packages: ["fast-xml-parser", "yaml", "node:fs", "node:fs/promises", "node:util"],
  },
  {
    path: "scripts/judges/facts/",
    holds: "Each fact of the spec a second time, by hand, with its source.",
    may: inScripts("tool", "spec"),
    packages: ["node:fs"],
  },
  {
    path: "scripts/judges/cases/",
    holds: "Tables of answers and bodies, with what must become of each; and how the wire calls what the library's model has a name for.",
    may: inScripts("spec", "judges/facts"),
  },
  { path: "scripts/judges/stated.ts", holds: "What a statement about a type says when it does not hold." },
  {
    path: "scripts/judges/wire-types.ts",
    holds: "The types of the wire, stated by hand; they compile against `generated/`.",
    may: ["scripts/judges/stated.ts"],
    types: ["generated/"],
  },
  {
    path: "scripts/judges/",
    holds:
      "The suites that judge a whole document: facts, stated types, Prism as mock and as proxy without a server. `npm run review` asks them in its own process, `npm run mutate` in threads.",
    may: inScripts("tool", "spec", "generate", "judges/facts", "judges/cases"),
    packages: [...prism, "typescript", "node:url", "node:util"],
  },
  {
    path: "scripts/client/",
    holds:
      "What the client itself makes of a document: it is run on the document's examples, in a process of its own, and not imported. What it reads is watched.",
    may: inScripts("tool", "spec"),
    packages: ["node:*"],
  },
  {
    path: "scripts/api/",
    holds: "`npm run api`: the report of the public API; and what an editor shows of it.",
    may: inScripts("tool"),
    packages: ["diff", "rolldown", "rolldown-plugin-dts", "typescript", "node:*"],
  },
  {
    path: "scripts/mutate/",
    holds: "`npm run mutate`: changes every constraint of the spec on its own.",
    may: inScripts("tool", "spec", "judges"),
    packages: ["cli-progress", "piscina", "yaml", "node:*"],
  },
  {
    path: "scripts/review/",
    holds: "`npm run review`: what an edit of the spec does.",
    may: inScripts("tool", "spec", "generate", "lint", "drift", "judges", "judges/facts", "client", "api", "mutate"),
    packages: ["diff", "typescript", "node:*"],
  },
  { path: "scripts/docs/browser/", holds: "What runs in a page, as plain scripts." },
  {
    path: "scripts/docs/",
    holds:
      "`npm run docs`: the site, from the spec, README.md, `docs/` and what TypeDoc reads in `src/`; tables that only `src/` knows come from running it, not from importing it.",
    may: inScripts("tool", "spec", "lint"),
    packages: ["@viz-js/viz", "markdown-it", "typedoc", "typescript", "node:*"],
  },
  {
    path: "scripts/preview/",
    holds: "`npm run preview`: serves the site, with a mock behind it.",
    may: inScripts("tool", "spec", "docs"),
    packages: [...prism, "@stoplight/prism-http-server", "sirv", "node:*"],
  },
  { path: "scripts/build/", holds: "`npm run build`: `dist/`, from scratch.", may: inScripts("tool"), packages: ["node:fs", "rolldown"] },
  { path: "scripts/mock/", holds: "`npm run mock`: the spec as a server.", may: inScripts("tool", "spec") },
  {
    path: "scripts/checks/",
    holds: "`npm test` and the checks that are no tests: arrows, limits, types, the pages of README.md and `docs/`, package.",
    may: inScripts("tool"),
    packages: ["@arethetypeswrong/core", "playwright-core", "publint", "rolldown", "typescript", "node:*"],
  },
];
