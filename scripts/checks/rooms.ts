// The rooms of the repository, from the ground up. The one source: `npm run arrows` judges every import by it, and writes the table in CONTRIBUTING.md from it.

/** A folder, or a single file that is a door or an entry. What lies in a folder belongs to the longest path that is listed. */
export type Room = {
  /** From the repository's root; a folder ends in a slash. */
  readonly path: string;
  /** What is in it, in one sentence. */
  readonly holds: string;
  /** Rooms, or files of them, that it may import; each stands above it in the list. Its own files need no mention. */
  readonly may?: readonly string[];
  /** The same, for `import type` only. */
  readonly types?: readonly string[];
  /** Packages that it may import; `node:*` stands for every module of Node. */
  readonly packages?: readonly string[];
};

const inSrc = (...names: string[]) => names.map((name) => `src/${name}`);
const inScripts = (...names: string[]) => names.map((name) => `scripts/${name}/`);

const core = inSrc("wire.ts", "util/", "model/", "waiting/", "auth/", "http/", "input/", "sending/", "lifecycle/");
const itself = "teams-recording-status";
/** What a consumer of the package can import, and what every test needs. */
const consumer = [itself, "@azure/identity", "vitest", "fast-check", "yaml", "node:*"];
const prism = ["@stoplight/prism-core", "@stoplight/prism-http"];

const sources: readonly Room[] = [
  {
    path: "openapi/",
    holds: "The spec, written by hand: the only place for a fact about the API. Its lint rules. [A page for reviewers](openapi/README.md).",
    packages: ["ajv", "ajv-formats"],
  },
  {
    path: "generated/",
    holds: "Types, constants and the policy-free fetch client, compiled and committed. Never edited by hand.",
    packages: ["openapi-fetch"],
  },
  { path: "src/wire.ts", holds: "The one door to `generated/`.", may: ["generated/"] },
  { path: "src/util/", holds: "What knows nothing of recordings: own properties, JSON, redaction, the check of a value against a schema." },
  {
    path: "src/model/",
    holds: "The words of the domain: operation, update, attempt, call id, communications codes, errors.",
    may: inSrc("wire.ts"),
  },
  {
    path: "src/waiting/",
    holds: "Clock, lifetime of a client, slots, the queue of a call, single flight.",
    may: inSrc("model/"),
  },
  { path: "src/auth/", holds: "What a credential is, and the tokens that are kept.", may: inSrc("model/", "waiting/") },
  {
    path: "src/http/",
    holds: "One exchange: a request goes out, an answer is read, a failure gets its name.",
    may: inSrc("wire.ts", "util/", "model/", "waiting/"),
  },
  {
    path: "src/input/",
    holds: "What the caller hands in is checked, once, at the call.",
    may: inSrc("wire.ts", "util/", "model/", "waiting/", "auth/", "http/"),
  },
  {
    path: "src/sending/",
    holds: "A report with all its attempts, until Graph has decided.",
    may: inSrc("wire.ts", "util/", "model/", "waiting/", "auth/", "http/", "input/"),
  },
  {
    path: "src/lifecycle/",
    holds: "The life of a recording: a pure state machine, its driver, permit and gate.",
    may: inSrc("wire.ts", "util/", "model/", "waiting/", "input/", "sending/"),
  },
  { path: "src/azure/", holds: "The entry `./azure`.", may: core, packages: ["@azure/identity"] },
  {
    path: "src/testing/",
    holds: "The entry `./testing`: mock, fake, clock, the monitor of order.",
    may: core,
    packages: [...prism, "@stoplight/prism-http-server", "node:module"],
  },
  { path: "src/client.ts", holds: "The entry `./client`: the fetch client and its types.", may: inSrc("wire.ts") },
  { path: "src/recording-client.ts", holds: "The client: it puts the rooms together.", may: core },
  { path: "src/index.ts", holds: "The entry `.`: what is public.", may: [...core, "src/recording-client.ts"] },
];

const commands: readonly Room[] = [
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
    holds: "`npm run lint:spec`: Redocly's rules and ours.",
    may: inScripts("tool", "spec"),
    packages: ["node:*"],
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
  { path: "scripts/judges/cases/", holds: "Tables of answers and bodies, with what must become of each.", may: inScripts("spec") },
  {
    path: "scripts/judges/wire-types.ts",
    holds: "The types of the wire, stated by hand; they compile against `generated/`.",
    types: ["generated/"],
  },
  {
    path: "scripts/judges/",
    holds:
      "The suites that judge a whole document: facts, stated types, Prism as mock and as proxy without a server. `npm run review` asks them in its own process, `npm run mutate` in threads.",
    may: inScripts("tool", "spec", "generate", "judges/facts", "judges/cases"),
    packages: [...prism, "typescript", "node:util"],
  },
  {
    path: "scripts/api/",
    holds: "`npm run api`: the report of the public API.",
    may: inScripts("tool"),
    packages: ["diff", "rolldown", "rolldown-plugin-dts", "node:*"],
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
    may: inScripts("tool", "spec", "generate", "lint", "drift", "judges", "api", "mutate"),
    packages: ["diff", "node:*"],
  },
  { path: "scripts/docs/browser/", holds: "What runs in a page, as plain scripts." },
  {
    path: "scripts/docs/",
    holds:
      "`npm run docs`: the site, from the spec, README.md and what TypeDoc reads in `src/`; tables that only `src/` knows come from running it, not from importing it.",
    may: inScripts("tool", "spec", "lint"),
    packages: ["@viz-js/viz", "markdown-it", "typedoc", "typescript", "node:*"],
  },
  {
    path: "scripts/preview/",
    holds: "`npm run preview`: serves the site, with a mock behind it.",
    may: inScripts("tool", "spec", "docs"),
    packages: [...prism, "@stoplight/prism-http-server", "sirv", "node:*"],
  },
  { path: "scripts/build/", holds: "`npm run build`: `dist/`, from scratch.", may: inScripts("tool"), packages: ["node:fs"] },
  { path: "scripts/mock/", holds: "`npm run mock`: the spec as a server.", may: inScripts("tool", "spec") },
  {
    path: "scripts/checks/",
    holds: "`npm test` and the checks that are no tests: arrows, limits, types, README, package.",
    may: inScripts("tool"),
    packages: ["typescript", "node:*"],
  },
];

const everyScript = commands.map(({ path }) => path).filter((path) => path !== "scripts/judges/wire-types.ts");

const tests: readonly Room[] = [
  { path: "examples/", holds: "What a consumer writes.", packages: [itself, "@azure/identity", "node:*"] },
  { path: "bench/", holds: "What the permit costs.", may: inSrc("index.ts", "testing/index.ts"), packages: ["node:*"] },
  {
    path: "test/support/",
    holds: "Servers, clocks and readers that several rooms of tests share.",
    may: ["src/index.ts", "src/waiting/", "scripts/judges/cases/"],
    packages: consumer,
  },
  { path: "test/types/", holds: "What must and must not compile; `public-api/` is written by `npm run api`.", packages: consumer },
  {
    path: "test/contract/",
    holds: "The client against mock and proxy; cases are found by walking the spec.",
    may: ["test/support/", "scripts/judges/cases/"],
    packages: consumer,
  },
  { path: "test/lifecycle/", holds: "The recording's life, step by step and at random.", may: ["test/support/"], packages: consumer },
  { path: "test/azure/", holds: "The credential.", may: ["test/support/", "src/azure/azure-credential.ts"], packages: consumer },
  {
    path: "test/faults/",
    holds: "Everything that can break.",
    may: ["test/support/", "src/index.ts", "src/waiting/slots.ts"],
    packages: consumer,
  },
  {
    path: "test/facts/",
    holds: "The spec against `scripts/judges/facts/`, and what must be true between several of its places.",
    may: ["test/support/", ...inScripts("tool", "spec", "drift", "judges/facts")],
    packages: ["vitest", "yaml", "node:*"],
  },
  {
    path: "test/judges/",
    holds: "The judges are judged: a good document passes, each flaw is seen.",
    may: ["test/support/", ...inScripts("tool", "spec", "judges", "judges/facts", "judges/cases", "mutate")],
    packages: consumer,
  },
  {
    path: "test/workbench/",
    holds: "The tools for reviewers of the API.",
    may: ["test/support/", ...everyScript.filter((path) => !/^scripts\/(docs|preview|checks)\//.test(path))],
    packages: ["vitest", "yaml", "node:*"],
  },
  {
    path: "test/docs/",
    holds: "The site and the preview, their pages in a real browser.",
    may: ["test/support/", ...inScripts("tool", "spec", "docs", "preview")],
    packages: ["playwright-core", "vitest", "yaml", "node:*"],
  },
  {
    path: "test/checks/",
    holds: "The checks, on planted trees and small processes.",
    may: inScripts("tool", "checks"),
    packages: ["vitest", "node:*"],
  },
  {
    path: "test/unit/",
    holds: "Single parts, with clock, chance and `fetch` in the test's hands.",
    may: ["test/support/", "generated/", ...sources.map(({ path }) => path).filter((path) => path.startsWith("src/")), ...everyScript],
    packages: [...consumer, "openapi-fetch"],
  },
];

/** Every room, from the ground up. */
export const rooms: readonly Room[] = [...sources, ...commands, ...tests];
